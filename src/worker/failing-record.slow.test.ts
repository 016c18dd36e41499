import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { countOf } from "#test/fixtures/count-of.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { raiseOn } from "#test/fixtures/tx-jobs.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const CONNECTIONS = 3;
/** Jobs that a worker has in hand: two per connection. */
const HELD = 2 * CONNECTIONS;
const WORKERS = 2;
const LEASE_MS = 3000;
const ports = [await freePort(), await freePort()] as const;
const database = await testDatabase();
const { db } = database;
const { services, start, signUp, mailsTo, ended } = await testMailing(database, {
  JOB_LEASE_MS: String(LEASE_MS),
  JOB_POLL_MS: "100",
  CRITICAL_CONCURRENCY: String(CONNECTIONS),
});

beforeAll(async () => {
  for (const port of ports) start({ WORKER_PORT: port });
  await whenReady(services);
});

/** The readiness of this worker. */
async function readiness(port: number) {
  const response = await fetch(`http://127.0.0.1:${port}/api/ready`);
  return { status: response.status, ...(await response.json()) };
}

/** This worker's metrics of unrecorded jobs. */
async function unrecorded(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/api/metrics`)).text();
  return Number(/^enlist_unrecorded_jobs (\d+)$/m.exec(text)?.[1]);
}

const READY = { status: 200, ready: true };
const eachWorker = <T>(ask: (port: number) => Promise<T>) => Promise.all(ports.map(ask));

describe("F17 a mail is being sent, and cannot be recorded", () => {
  it.each([
    ["a serialization failure", "40001"],
    ["a deadlock", "40P01"],
    ["a missing privilege", "42501"],
    ["a lost prepared statement", "26000"],
  ])("after %s: nobody gets two mails, and all are recorded once possible", async (_, sqlstate) => {
    await waitFor("both to be ready", async () => {
      return (await eachWorker(readiness)).every(({ ready }) => ready);
    });
    const doubts = () => countOf("enlist_mails_in_doubt_total", "record failing");
    const before = await doubts();
    const stop = await raiseOn(db, "email_verifications", sqlstate);
    // A failed test must not keep the workers from ending.
    onTestFinished(() => stop().catch(() => {}));
    const users = await Promise.all(Array.from({ length: 20 }, () => signUp()));
    const copies = () => users.map((user) => mailsTo(user).length);
    const mailed = () => copies().filter((count) => count > 0).length;

    // Now each slot has an unrecorded mail, and nothing more is taken.
    await waitFor("all slots to be full", () => mailed() === WORKERS * HELD);
    await waitFor("the leases to outlive their first terms by half", async () => {
      const { rowCount } = await db.raw(
        `select from tx_jobs j join email_verifications v on v.id = j.id
         where finished_at is null and leased_until > now()
         and v.created_at < now() - make_interval(secs => ?)`,
        [(1.5 * LEASE_MS) / 1000],
      );
      return rowCount === WORKERS * HELD;
    });
    expect(Math.max(...copies())).toBe(1);
    expect(mailed()).toBe(WORKERS * HELD);
    for (const worker of await eachWorker(readiness)) {
      expect(worker).toMatchObject({ status: 503, checks: { postgres: "ok", jobs: "failing" } });
    }
    await waitFor("the metrics to say so", async () => {
      return (await eachWorker(unrecorded)).every((count) => count === HELD);
    });
    expect(await doubts()).toBe(before + WORKERS * HELD);

    await stop();
    for (const user of users) {
      expect(await ended(user)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    }
    expect(copies()).toEqual(users.map(() => 1));
    const ids = users.map(({ verificationId }) => verificationId);
    expect(await db("email_verifications").whereIn("id", ids).whereNull("sent_at")).toEqual([]);
    await waitFor("both to be ready", async () => {
      const now = await eachWorker(readiness);
      expect(now).toMatchObject([READY, READY]);
      return true;
    });
    expect(await doubts()).toBe(before + WORKERS * HELD);
  });
});
