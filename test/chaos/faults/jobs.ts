import { setTimeout as sleep } from "node:timers/promises";
import { withClient } from "#test/servers/postgres.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import type { ProxiedSystem } from "../system.ts";
import { kill, type Faults } from "./fault.ts";

const part = "records";

/** Errors that PostgreSQL may surprise with: serialization, deadlock, a lost statement, a privilege. */
const CODES = ["40001", "40P01", "26000", "42501"];

/** What befalls the jobs themselves: their records, their workers, the transactions that make them. */
export const jobFaults: Faults = {
  ...Object.fromEntries(
    CODES.map((code) => [
      `record of a mail fails: ${code}`,
      {
        part,
        lasts: [500, 5000] as const,
        strike: (system: ProxiedSystem, ms: number) =>
          failUpdates(system, "of sent_at on email_verifications", code, ms),
      },
    ]),
  ),
  ...Object.fromEntries(
    CODES.map((code) => [
      `record of a job fails: ${code}`,
      {
        part,
        lasts: [500, 5000] as const,
        strike: (system: ProxiedSystem, ms: number) => failUpdates(system, "on tx_jobs", code, ms),
      },
    ]),
  ),
  // Longer than the lease, so that others may think it lost.
  "job kills its worker: 0": {
    part: "worker",
    lasts: [0, 500],
    strike: (system, ms) => killAtMail(system, 0, ms),
  },
  "job kills its worker: 1": {
    part: "worker",
    lasts: [0, 500],
    strike: (system, ms) => killAtMail(system, 1, ms),
  },
  "long transaction enqueues a thousand": {
    part,
    lasts: [3000, 15_000],
    strike: enqueueThousand,
  },
};

/** Has updates raise an error for a while. */
async function failUpdates(
  { databaseUrl }: ProxiedSystem,
  which: string,
  code: string,
  ms: number,
): Promise<void> {
  const name = `fail_${code.toLowerCase()}_${which.split(" ").at(-1)}`;
  await again(databaseUrl, [
    `create or replace function ${name}() returns trigger language plpgsql as
       $$ begin raise exception 'on purpose' using errcode = '${code}'; end $$`,
    `create or replace trigger ${name} before update ${which}
       for each row execute function ${name}()`,
  ]);
  await sleep(ms);
  await again(databaseUrl, [`drop function ${name} cascade`]);
}

/** Runs statements as soon as PostgreSQL answers, and gets the locks that they need. */
function again(databaseUrl: string, statements: string[]): Promise<unknown> {
  return waitFor(
    "PostgreSQL to take the trigger",
    () =>
      withClient(databaseUrl, async (client) => {
        await client.query("set lock_timeout = '2s'");
        for (const statement of statements) await client.query(statement).catch(ignoreGone);
        return true;
      }),
    60_000,
  );
}

/** What is gone already was dropped by a try whose answer got lost. */
function ignoreGone(error: { code?: string }): void {
  if (error.code !== "42883") throw error;
}

/** Kills a worker each time it hands over a mail, twice, as a mail would on which it crashes. */
async function killAtMail(system: ProxiedSystem, number: number, ms: number): Promise<void> {
  const worker = system.workers[number]!;
  for (let times = 0; times < 2; times++) {
    const atMail = new Promise<boolean>((resolve) => {
      worker.lines.smtp.onceSent("MAIL FROM", () => {
        worker.program.signal("SIGKILL");
        resolve(true);
      });
      setTimeout(resolve, 5000, false);
    });
    await atMail;
    worker.lines.smtp.onceSent("no mail has these words", () => {});
    await kill(worker, ms);
  }
}

/** Inserts the rows of a thousand jobs of nobody's, holds them back for a while, and commits or not. */
async function enqueueThousand({ databaseUrl }: ProxiedSystem, ms: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query("begin");
    await client.query(`insert into tx_jobs (id, name, queue, payload, max_attempts, due_at)
      select id, 'verify-email', 'critical', jsonb_build_object('verificationId', id), 10, now()
      from (select gen_random_uuid() as id from generate_series(1, 1000)) job`);
    await sleep(ms);
    await client.query(ms % 2 === 0 ? "commit" : "rollback");
  }).catch(() => {}); // PostgreSQL was restarted meanwhile: rolled back.
}
