import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser, enqueueWith } from "#test/fixtures/user.ts";
import { startEnlistWorker } from "#src/worker/start.ts";
import { startSmtpSink } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import type { NewUser } from "../create-user-tx.ts";
import { resendVerificationTx } from "../resend-verification-tx.ts";

const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
const sink = await startSmtpSink();
const REDIS = { REDIS_URL: redisServer.url, VERIFY_EMAIL_BACKOFF_MS: "3000" };
const services = await testServices(database, {
  ...REDIS,
  SMTP_URL: sink.url,
});
const { jobs, statuses } = services;

afterAll(() => sink.close());
beforeEach(async () => {
  sink.behave("accept");
  await redisServer.start();
  await whenReady(services);
});

const signUp = () => aUser(db, { afterCreate: enqueueWith(jobs) });

/** Runs `work` while a worker runs the jobs. */
async function withWorker(work: () => Promise<void>): Promise<void> {
  const worker = startEnlistWorker(services.env);
  try {
    await work();
  } finally {
    await worker.close();
  }
}

/** Watches this user, and returns the first status for which `isWanted` is true. */
function watch(user: { id: string }, signal = AbortSignal.timeout(20_000)) {
  const stream = statuses.watch(user.id, () => signal.aborted);
  return {
    stream,
    until: async (isWanted: (status: SignupStatus) => boolean): Promise<SignupStatus> => {
      for (;;) {
        const { value, done } = await stream.next();
        if (done) throw new Error("the stream has ended");
        if (isWanted(value)) return value;
      }
    },
  };
}

const stage = (wanted: SignupStatus["stage"]) => (status: SignupStatus) => status.stage === wanted;

async function first(user: { id: string }): Promise<SignupStatus> {
  const { stream, until } = watch(user);
  const status = await until(() => true);
  await stream.return();
  return status;
}

describe("signupStatus", () => {
  it("tells at once where the sign-up stands, and when a new mail can be requested", async () => {
    const user = await signUp();
    const status = await first(user);
    expect(status).toMatchObject({
      stage: "queued",
      username: user.username,
      email: user.email,
    });
    expect(status.resendInMs).toBeGreaterThan(50_000);
    expect(status.resendInMs).toBeLessThanOrEqual(60_000);
  });

  it("moves from queued to sent to verified, then ends", async () => {
    const user = await signUp();
    const { stream, until } = watch(user);
    await until(stage("queued"));
    await withWorker(async () => {
      const sent = await until(stage("sent"));
      const row = await db("email_verifications").where({ id: user.verificationId }).first();
      expect(sent.at).toBe(row.sent_at.toISOString().replace(/\d{3}Z$/, "000Z")); // Rounded to seconds.
    });
    await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
    const verified = await until(stage("verified"));
    expect(await stream.next()).toMatchObject({ done: true });
    // The holder of a cookie may keep watching: docs/security.md, 7.3.2.
    expect(await first(user)).toEqual({
      stage: "verified",
      at: verified.at,
      username: user.username,
      email: user.email,
      resendInMs: expect.any(Number),
    });
  });

  it("shows a mail that is being sent, and one that will be retried, and when", async () => {
    const user = await signUp();
    const { until } = watch(user);
    sink.behave("refuse", "451 4.3.2 Try again later");
    await withWorker(async () => {
      const retrying = await until(stage("retrying"));
      expect(retrying).toMatchObject({ attempt: 2, attempts: 10 });
      expect(retrying.nextInMs).toBeGreaterThan(0);
      expect(retrying.nextInMs).toBeLessThanOrEqual(3000);
      sink.behave("stall");
      const before = sink.offered();
      expect(await until(stage("sending"))).toMatchObject({ attempt: 2 });
      await waitFor("the mail to be there", () => sink.offered() > before);
      sink.release();
      await until(stage("sent"));
    });
  });

  it("shows a mail that was refused for good", async () => {
    const user = await signUp();
    sink.behave("refuse");
    await withWorker(async () => void (await watch(user).until(stage("refused"))));
    expect(await first(user)).toMatchObject({ stage: "refused" });
  });

  it("works while Redis is down", async () => {
    const [waiting, refused] = [await signUp(), await signUp()];
    const redis = await redisServer.start();
    await redis.program.stop();
    expect(await first(waiting)).toMatchObject({ stage: "queued" });
    const failed = { outcome: "failed", finished_at: db.fn.now(), attempts: 1 };
    await db("tx_jobs").where({ id: refused.verificationId }).update(failed);
    expect(await first(refused)).toMatchObject({ stage: "refused" });
    const { until } = watch(waiting);
    sink.behave("refuse", "451 4.3.2 Try again later");
    await withWorker(async () => {
      expect(await until(stage("retrying"))).toMatchObject({ attempt: 2, attempts: 10 });
      sink.behave("accept");
      await until(stage("sent"));
    });
  });

  it("says that the mail server is unavailable to everyone who waits, and goes on afterwards", async () => {
    const users = [await signUp(), await signUp(), await signUp()];
    const away = await testServices(database, {
      ...REDIS,
      REDIS_PREFIX: services.env.REDIS_PREFIX,
      SMTP_URL: "smtp://127.0.0.1:1",
    });
    const watches = users.map((user) => watch(user));
    const worker = startEnlistWorker(away.env);
    for (const { until } of watches) {
      const unavailable = await until(stage("unavailable"));
      expect(unavailable).not.toHaveProperty("attempt");
      expect(unavailable).not.toHaveProperty("nextInMs");
    }
    const late = await signUp();
    expect(await first(late)).toMatchObject({ stage: "unavailable" });
    await worker.close();
    await withWorker(async () => {
      for (const { until } of [...watches, watch(late)]) await until(stage("sent"));
    });
  });

  it("starts again with a new mail or another address", async () => {
    const user: NewUser = await signUp();
    await db("email_verifications").where({ user_id: user.id }).update({ sent_at: db.fn.now() });
    const { until } = watch(user);
    await until(stage("sent"));
    await resendVerificationTx(db, {
      userId: user.id,
      email: "right@example.com",
      verificationTtlHours: 24,
      claimTtlHours: 168,
      afterCreate: async () => {},
    });
    expect(await until(stage("queued"))).toMatchObject({ email: "right@example.com" });
  });

  it("says nothing if nothing changes, and reads all sign-ups in one query", async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => aUser(db)));
    const abort = new AbortController();
    let seen = 0;
    const queries: string[] = [];
    const onQuery = ({ sql }: { sql: string }) => queries.push(sql);
    db.on("query", onQuery);
    const watching = users.map(async (user) => {
      for await (const _ of statuses.watch(user.id, () => abort.signal.aborted)) seen++;
    });
    // A new watcher sees a change two readings later, after the others were read.
    const late = await aUser(db);
    const { until } = watch(late);
    await until(() => true);
    await db("email_verifications").where({ user_id: late.id }).update({ sent_at: db.fn.now() });
    await until(stage("sent"));
    db.off("query", onQuery);
    abort.abort();
    await Promise.all(watching);
    expect(seen).toBe(20);
    const readings = queries.filter((sql) => sql.includes("join email_verifications"));
    expect(readings.length).toBeLessThan(8);
  });

  it("ends when told to", async () => {
    const user = await aUser(db);
    const abort = new AbortController();
    const { stream, until } = watch(user, abort.signal);
    await until(() => true);
    abort.abort();
    expect(await stream.next()).toMatchObject({ done: true });
  });

  it("says that the sign-up is gone, at once or later", async () => {
    const gone = { code: "NOT_FOUND" };
    await expect(first({ id: randomUUID() })).rejects.toMatchObject(gone);
    const user = await aUser(db);
    const { stream, until } = watch(user);
    await until(() => true);
    await db("users").where({ id: user.id }).delete();
    await expect(stream.next()).rejects.toMatchObject(gone);
  });
});
