import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { scraper } from "#test/fixtures/scrape.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { enqueueUnrung, enqueueWith } from "#test/fixtures/user.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { appRouter } from "#src/web/api/router.ts";
import { serve } from "#src/web/api/serve.ts";
import { createDb } from "../db.ts";
import { count, observe, time } from "./measure.ts";

// A separate registry, because other files in this process count too.
delete (globalThis as { enlistMetrics?: unknown }).enlistMetrics;
const database = await testDatabase();
const { db } = database;
const { services, sink, start, signUp } = await testMailing(database, {
  JOB_POLL_MS: "200",
  JOB_LEASE_MS: "3000",
});
const { jobs } = services;
const { scrape, valueOf, expectValue } = scraper({ db, jobs, log: services.log });
beforeAll(() => whenReady(services));

const signups = (outcome: string) => `enlist_signups_total{outcome="${outcome}"}`;
const defects = (procedure: string) => `enlist_defects_total{procedure="${procedure}"}`;
const ended = (outcome: string) => `enlist_jobs_total{outcome="${outcome}"}`;

async function post(input: unknown, by = services): Promise<number> {
  const request = new Request("http://localhost:3000/api/trpc/createUser", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  return (await serve(request, by)).status;
}

it("counts each sign-up once, by outcome", async () => {
  const input = aSignup();
  const sent: [unknown, string][] = [
    [input, "created"],
    [input, "repeated"],
    [{ ...input, password: "another-otter-lantern-42" }, "conflict"],
    [aSignup({ username: input.username }), "conflict"],
    [aSignup({ password: "password1234" }), "invalid"],
    [{}, "invalid"],
  ];
  for (const [body, outcome] of sent) {
    const before = (await valueOf(signups(outcome)))!;
    await post(body);
    expect(await valueOf(signups(outcome))).toBe(before + 1);
  }
  const lost = createDb({ url: "postgres://127.0.0.1:1/none", pool: 1 });
  await post(aSignup(), { ...services, db: lost });
  expect(await valueOf(signups("database unavailable"))).toBe(1);
  await lost.destroy();
  const all = ["created", "repeated", "conflict", "invalid", "database unavailable", "defect"];
  const counts = await Promise.all(all.map((outcome) => valueOf(signups(outcome))));
  expect(counts).toEqual([1, 1, 2, 2, 1, 0]);
  expect(await valueOf('enlist_hash_seconds_count{outcome="done"}')).toBeGreaterThanOrEqual(4);
  expect(await valueOf('enlist_enqueue_seconds_count{outcome="added"}')).toBe(1);
  expect(await valueOf('enlist_transaction_seconds_count{outcome="committed"}')).toBe(1);
});

it("counts an owed job apart from failed ones, as its sign-up is committed", async () => {
  const away = { REDIS_URL: "redis://127.0.0.1:1", WHEN_REDIS_IS_AWAY: "owe", RATE_LIMITS: "off" };
  const owing = await testServices(database, away);
  const counted = (outcome: string) =>
    valueOf(`enlist_enqueue_seconds_count{outcome="${outcome}"}`).then((value) => value ?? 0);
  const failed = await counted("failed");
  const status = await post(aSignup(), owing);
  expect(status).toBe(200);
  await waitFor("it to be counted", async () => (await counted("owed")) === 1);
  expect(await counted("failed")).toBe(failed);
});

it("counts our own defects, with one series per procedure", async () => {
  for (const procedure of Object.keys(appRouter._def.procedures)) {
    expect(await valueOf(defects(procedure))).toBe(0);
  }
  expect(await post(aSignup(), { ...services, limits: {} as never })).toBe(500);
  expect(await valueOf(defects("createUser"))).toBe(1);
  expect(await valueOf(signups("defect"))).toBe(1);
});

it("measures mails from commit to hand-over, with retries and doubts", async () => {
  await db("tx_jobs").delete();
  start();
  sink.behave("refuse");
  await signUp();
  await expectValue(ended("refused"), 1);
  sink.behave("refuse", "451 Greylisted");
  await signUp();
  await waitFor("a retry", async () => (await valueOf(ended("retrying")))! >= 1);
  sink.behave("drop");
  const doubt = 'enlist_mails_in_doubt_total{cause="answer lost"}';
  await waitFor("a doubt", async () => (await valueOf(doubt))! >= 1);
  sink.behave("accept");
  await expectValue(ended("sent"), 1);
  await expectValue("enlist_commit_to_mail_seconds_count", 1);
  expect(await valueOf('enlist_send_seconds_count{outcome="accepted"}')).toBe(1);
  expect(await valueOf('enlist_send_seconds_count{outcome="refused"}')).toBe(1);
  expect(await valueOf(ended("failed"))).toBe(0);
});

it("counts messages of rolled-back sign-ups, and mails that a lost worker may have sent", async () => {
  const rolledBack = 'enlist_transaction_seconds_count{outcome="rolled back"}';
  const [before, dropped] = [(await valueOf(rolledBack))!, (await valueOf(ended("dropped")))!];
  const noCommit = signUp({
    afterCreate: async (user, tx) => {
      await enqueueWith(jobs)(user, tx);
      throw new Error("no commit");
    },
  });
  await expect(noCommit).rejects.toThrow("no commit");
  await waitFor("it to be dropped", async () => (await valueOf(ended("dropped")))! > dropped);
  expect(await valueOf(rolledBack)).toBe(before + 1);
  await signUp({
    afterCreate: async (user, tx) => {
      await enqueueUnrung(user, tx);
      await tx("tx_jobs")
        .where({ id: user.verificationId })
        .update({ leased_by: randomUUID(), leased_until: new Date(Date.now() - 1000), takes: 1 });
    },
  });
  await expectValue('enlist_mails_in_doubt_total{cause="worker lost"}', 1);
});

it("counts jobs by what brought them: the message or the poll", async () => {
  const taken = (by: string) => `enlist_jobs_taken_total{by="${by}"}`;
  const [byMessage, byPoll] = [(await valueOf(taken("message")))!, (await valueOf(taken("poll")))!];
  // On a busy machine the poll may come first.
  await waitFor("the message", async () => {
    await signUp();
    return (await valueOf(taken("message")))! > byMessage;
  });
  await signUp({ afterCreate: enqueueUnrung });
  await waitFor("the poll", async () => (await valueOf(taken("poll")))! > byPoll);
});

it("names nobody: no series has an id, a name or an address", async () => {
  const input = aSignup({ requestId: randomUUID() });
  await post(input);
  const text = await (await scrape()).text();
  expect(text).not.toMatch(/@|"user_|[\da-f]{8}-[\da-f]{4}/);
});

it.each([
  [200, "Bearer a-token-for-the-tests"],
  [401, "a-token-for-the-tests"],
  [401, "Bearer a-token"],
  [401, "Bearer "],
  [401, ""],
])("with a token set, answers %i to %j", async (status, authorization) => {
  expect((await scrape("a-token-for-the-tests", { authorization })).status).toBe(status);
});

it("never breaks what it measures", async () => {
  const shared = globalThis as { enlistMetrics?: unknown };
  const real = shared.enlistMetrics;
  shared.enlistMetrics = { counters: {} };
  count("enlist_signups_total", "created");
  observe("enlist_commit_to_mail_seconds", Number.NaN);
  const work = time.hash(async () => 7);
  expect(await work).toBe(7);
  expect(await post(aSignup())).toBe(200);
  shared.enlistMetrics = real;
});
