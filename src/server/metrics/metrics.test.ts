import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { ownRedis } from "#src/testing/own-redis.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aSignup } from "#src/testing/signup.ts";
import { aUser, enqueueUnrung, enqueueWith } from "#src/testing/user.ts";
import { startWorker, type RunningWorker } from "#src/worker/start-worker.ts";
import { startSmtpSink } from "../../../scripts/services/smtp-sink.ts";
import { startTcpProxy } from "../../../scripts/services/tcp-proxy.ts";
import { waitFor } from "../../../scripts/services/wait-for.ts";
import { appRouter } from "../api/router.ts";
import { serve } from "../api/serve.ts";
import { createDb } from "../db.ts";
import { answerMetrics } from "./answer.ts";
import { count, measure, observe } from "./measure.ts";
import { createStoresReader } from "./read-stores.ts";

const database = await testDatabase();
const { db } = database;
const line = await startTcpProxy(database.url);
const observer = createDb({ url: line.url, pool: 1 });
const sink = await startSmtpSink();
const redis = await ownRedis();
await redis.start();
const services = await testServices(database, {
  REDIS_URL: redis.url,
  SMTP_URL: sink.url,
  VERIFY_EMAIL_BACKOFF_MS: "50",
  JOB_POLL_MS: "200",
  JOB_LEASE_MS: "1000",
});
const { jobs } = services;
const signUpWith = (afterCreate = enqueueWith(jobs)) => aUser(db, { afterCreate });

let worker: RunningWorker | undefined;
async function closeWorker(): Promise<void> {
  await worker?.close();
  worker = undefined;
}
beforeAll(() => whenReady(services));
afterAll(async () => {
  await closeWorker();
  await observer.destroy();
  await line.close();
  await sink.close();
});

/** What a scrape says, and not what an earlier one has read of the stores. */
function scrape(token: string | null = null, headers = {}): Promise<Response> {
  const request = new Request("http://localhost/api/metrics", { headers });
  return answerMetrics(request, token, createStoresReader({ db: observer, jobs }));
}

/** What a scrape says of one series, if it says anything. */
async function valueOf(series: string): Promise<number | undefined> {
  const text = await (await scrape()).text();
  const found = text.split("\n").find((sample) => sample.startsWith(`${series} `));
  return found === undefined ? undefined : Number(found.slice(series.length));
}

/** Waits for a series to say so. */
function expectValue(series: string, value: number | undefined): Promise<unknown> {
  const hasValue = async () => (await valueOf(series)) === value;
  return waitFor(`${series} to be ${value}`, hasValue, 5000).catch(async () => {
    expect(`${series} ${await valueOf(series)}`).toBe(`${series} ${value}`);
  });
}

const signups = (outcome: string) => `enlist_signups_total{outcome="${outcome}"}`;
const defects = (procedure: string) => `enlist_defects_total{procedure="${procedure}"}`;
const queued = (state: string) => `enlist_queue_jobs{queue="critical",state="${state}"}`;
const ended = (outcome: string) => `enlist_jobs_total{outcome="${outcome}"}`;

async function post(input: unknown, by = services): Promise<number> {
  const request = new Request("http://localhost:3000/api/trpc/createUser", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  return (await serve(request, by)).status;
}

it("counts sign-ups by how they end, each once", async () => {
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
  expect(await valueOf(signups("database away"))).toBe(1);
  await lost.destroy();
  const all = ["created", "repeated", "conflict", "invalid", "database away", "defect"];
  const counts = await Promise.all(all.map((outcome) => valueOf(signups(outcome))));
  expect(counts).toEqual([1, 1, 2, 2, 1, 0]);
  expect(await valueOf('enlist_hash_seconds_count{outcome="done"}')).toBeGreaterThanOrEqual(4);
  expect(await valueOf('enlist_enqueue_seconds_count{outcome="added"}')).toBe(1);
  expect(await valueOf('enlist_transaction_seconds_count{outcome="committed"}')).toBe(1);
});

it("counts our own faults by procedure, with a series for each of them", async () => {
  for (const procedure of Object.keys(appRouter._def.procedures)) {
    expect(await valueOf(defects(procedure))).toBe(0);
  }
  expect(await post(aSignup(), { ...services, limits: {} as never })).toBe(500);
  expect(await valueOf(defects("createUser"))).toBe(1);
  expect(await valueOf(signups("defect"))).toBe(1);
});

it("tells of mails that are owed, but calls none late that was refused for good", async () => {
  await db("users").delete();
  const user = await signUpWith();
  await db("tx_jobs")
    .where({ id: user.verificationId })
    .update({ due_at: new Date(Date.now() - 3_600_000) });
  await expectValue("enlist_mails_owed", 2);
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeGreaterThan(3599);
  // The earlier sign-up's user is gone, and its job will find that.
  expect(await valueOf(queued("waiting"))).toBe(2);
  sink.behave("refuse");
  worker = startWorker(services.env);
  await expectValue(ended("refused"), 1);
  await expectValue("enlist_mails_owed_oldest_seconds", 0);
  expect(await valueOf("enlist_mails_owed")).toBe(1);
  expect(await valueOf(queued("failed"))).toBe(1);
  expect(await valueOf(ended("gone"))).toBe(1);
  expect(await valueOf(ended("failed"))).toBe(0);
});

it("tells how mails go: from the commit to the hand-over, what is tried again, what is in doubt", async () => {
  await db("tx_jobs").delete();
  sink.behave("refuse", "451 Greylisted");
  await signUpWith();
  await waitFor("a retry", async () => (await valueOf(ended("retrying")))! >= 1);
  sink.behave("drop");
  const doubt = 'enlist_mails_in_doubt_total{cause="answer lost"}';
  await waitFor("a doubt", async () => (await valueOf(doubt))! >= 1);
  sink.behave("accept");
  await expectValue(ended("sent"), 1);
  await expectValue("enlist_commit_to_mail_seconds_count", 1);
  expect(await valueOf('enlist_send_seconds_count{outcome="accepted"}')).toBe(1);
  expect(await valueOf('enlist_send_seconds_count{outcome="refused"}')).toBe(1);
  await expectValue("enlist_mails_owed", 0);
});

it("counts messages of sign-ups that rolled back, and what another worker may have sent", async () => {
  const rolledBack = 'enlist_transaction_seconds_count{outcome="rolled back"}';
  const [before, dropped] = [(await valueOf(rolledBack))!, (await valueOf(ended("dropped")))!];
  const noCommit = signUpWith(async (user, tx) => {
    await enqueueWith(jobs)(user, tx);
    throw new Error("no commit");
  });
  await expect(noCommit).rejects.toThrow("no commit");
  await waitFor("it to be dropped", async () => (await valueOf(ended("dropped")))! > dropped);
  expect(await valueOf(rolledBack)).toBe(before + 1);
  await signUpWith(async (user, tx) => {
    await enqueueUnrung(user, tx);
    await tx("tx_jobs")
      .where({ id: user.verificationId })
      .update({ leased_by: randomUUID(), leased_until: new Date(Date.now() - 1000), takes: 1 });
  });
  await expectValue('enlist_mails_in_doubt_total{cause="worker lost"}', 1);
});

it("counts jobs by what has brought them: their message, or the poll", async () => {
  const taken = (by: string) => `enlist_jobs_taken_total{by="${by}"}`;
  const [byMessage, byPoll] = [(await valueOf(taken("message")))!, (await valueOf(taken("poll")))!];
  await signUpWith();
  await waitFor("the message", async () => (await valueOf(taken("message")))! > byMessage);
  await signUpWith(enqueueUnrung);
  await waitFor("the poll", async () => (await valueOf(taken("poll")))! > byPoll);
});

it("tells that the mail server is unavailable", async () => {
  expect(await valueOf("enlist_mail_server_up")).toBe(1);
  sink.behave("close");
  await signUpWith();
  await expectValue("enlist_mail_server_up", 0);
  expect(await valueOf(ended("unavailable"))).toBeGreaterThan(0);
  expect(await valueOf('enlist_send_seconds_count{outcome="unavailable"}')).toBeGreaterThan(0);
  sink.behave("accept");
  await expectValue("enlist_mail_server_up", 1);
});

it("says which store is away, and nothing stale of it, in time; of the jobs all while Redis is away", async () => {
  await closeWorker();
  await signUpWith();
  const server = await redis.start();
  server.program.signal("SIGSTOP");
  await expectValue('enlist_store_up{store="redis"}', 0);
  expect(await valueOf(queued("waiting"))).toBe(1);
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeGreaterThan(0);
  await post(aSignup());
  expect(await valueOf(signups("queue away"))).toBe(1);
  server.program.signal("SIGCONT");
  line.stall();
  await expectValue('enlist_store_up{store="postgres"}', 0);
  expect(await valueOf("enlist_mails_owed")).toBeUndefined();
  expect(await valueOf("enlist_mails_owed_oldest_seconds")).toBeUndefined();
  expect(await valueOf("enlist_mail_server_up")).toBeUndefined();
  expect(await valueOf(queued("waiting"))).toBeUndefined();
  line.flow();
  await expectValue('enlist_store_up{store="postgres"}', 1);
  await expectValue('enlist_store_up{store="redis"}', 1);
});

it("reads the stores once for all who ask within a second, and never when nobody asks", async () => {
  let reads = 0;
  const counting = createStoresReader({
    db: observer,
    jobs: { ping: () => (reads++, jobs.ping()) },
  });
  expect(reads).toBe(0);
  await Promise.all(Array.from({ length: 50 }, counting));
  expect(reads).toBe(1);
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
])("where there is a token, answers %i to %j", async (status, authorization) => {
  expect((await scrape("a-token-for-the-tests", { authorization })).status).toBe(status);
});

it("never fails what it counts", async () => {
  const shared = globalThis as { enlistMetrics?: unknown };
  const real = shared.enlistMetrics;
  shared.enlistMetrics = { counters: {} };
  count("enlist_signups_total", "created");
  observe("enlist_commit_to_mail_seconds", Number.NaN);
  const work = measure("enlist_hash_seconds", ["done", "failed"], async () => 7);
  expect(await work).toBe(7);
  expect(await post(aSignup())).toBe(200);
  shared.enlistMetrics = real;
});
