import { beforeAll, describe, expect, it } from "vitest";
import { metrics } from "#src/platform/metrics/registry.ts";
import type { NewUser } from "#src/signup/create-user-tx.ts";
import { readStatuses } from "#src/signup/status/read-statuses.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { noReturns, whenReady } from "#test/fixtures/services.ts";
import { startSpeaker, takeAll, type Speech } from "#test/fixtures/speaker.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const { db } = database;
const { services, queue, start, signUp } = await testMailing(database, {
  JOB_POLL_MS: "100",
  // One at a time, to make their order visible.
  CRITICAL_CONCURRENCY: "1",
});
beforeAll(() => whenReady(services));

/** How often a mail server has reported itself unavailable to this process. */
async function triesInVain(): Promise<number> {
  const { values } = await metrics().histograms.enlist_send_seconds.get();
  const found = values.find(
    ({ metricName, labels }) => metricName?.endsWith("_count") && labels.outcome === "unavailable",
  );
  return found?.value ?? 0;
}

/** The allowed tries in this many milliseconds: the first, and one probe per 0.8 s. */
const allowed = (ms: number) => 1 + Math.ceil(ms / 800);

const WAYS: [how: string, speech: Speech | undefined][] = [
  ["refuses connections", undefined],
  [
    "greets with 421",
    (say, _, socket) => {
      say("421 4.3.2 Service not available");
      socket.end();
    },
  ],
  [
    "refuses the login",
    (say, line) => {
      if (line === undefined) say("220 here");
      else if (line.startsWith("EHLO")) say("250-here\r\n250 AUTH PLAIN");
      else say("535 5.7.8 Authentication credentials invalid");
    },
  ],
  ["closes the line without a greeting", (_say, _line, socket) => socket.destroy()],
];

describe("F19 the mail server is unavailable", () => {
  it.each(WAYS)(
    "if it %s, no attempt is used, and all are mailed in order once it is back",
    async (_, speech) => {
      await db("users").delete();
      await db("tx_jobs").delete();
      const port = await freePort();
      const speaker = speech && (await startSpeaker(speech, port));
      const [before, began] = [await triesInVain(), performance.now()];
      const close = start({ SMTP_URL: `smtp://enlist:secret@127.0.0.1:${port}?requireTLS=false` });
      const users: NewUser[] = [];
      for (let n = 0; n < 15; n++) users.push(await signUp());

      const stages = async () => {
        const readings = await readStatuses(
          { db, returns: noReturns },
          users.map(({ id }) => id),
        );
        return users.map(({ id }) => readings.get(id)?.stage);
      };
      const all = (stage: string) => users.map(() => stage);
      await waitFor("the status", async () =>
        (await stages()).every((one) => one === "unavailable"),
      );
      await waitFor("some probes", async () => (await triesInVain()) >= before + 2);
      for (let n = 0; n < 15; n++) users.push(await signUp());
      await waitFor("one more probe", async () => (await triesInVain()) >= before + 3);
      expect(await stages()).toEqual(all("unavailable"));
      // Many jobs, but no more tries than for one, and Redis does not fill up.
      const tries = (await triesInVain()) - before;
      expect(tries).toBeLessThanOrEqual(allowed(performance.now() - began));
      expect(await db("tx_jobs").sum("attempts")).toEqual([{ sum: "0" }]);
      await waitFor("Redis to be empty", async () => (await queue.count()) === 0);

      await speaker?.close();
      const mailed: string[] = [];
      const back = await startSpeaker(takeAll(mailed), port);
      await waitFor("the status", async () => (await stages()).every((one) => one === "sent"));
      expect(mailed).toEqual(users.map(({ email }) => email));
      const jobs = await db("tx_jobs").select("outcome", "attempts", "error");
      expect(jobs).toEqual(users.map(() => ({ outcome: "done", attempts: 0, error: null })));
      await close();
      await back.close();
    },
  );
});
