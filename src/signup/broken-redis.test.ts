import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { hasMessage, readJob } from "#test/fixtures/job-row.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { startEnlistWorker } from "#src/worker/start.ts";
import { startSmtpSink } from "#test/servers/smtp-sink.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import type { RedisServer } from "#test/servers/redis.ts";
import { appRouter } from "#src/web/api/router.ts";
import type { Services } from "#src/web/api/context.ts";
import { countHashes } from "#test/fixtures/count-hashes.ts";

// Hashing is real, and counted.
const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
const sink = await startSmtpSink();
const services = await testServices(database, {
  REDIS_URL: redisServer.url,
  SMTP_URL: sink.url,
});

let redis: RedisServer;
const admin = new Redis(redisServer.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
admin.on("error", () => {}); // Some tests stop Redis.
const critical = new Queue("critical", { connection: admin, prefix: services.env.REDIS_PREFIX });
critical.on("error", () => {});
afterAll(async () => {
  admin.disconnect();
  await sink.close();
});

function signUp(input: Signup, from: Services = services) {
  return appRouter.createCaller(testContext(from)).createUser(input);
}

const usersOf = (input: Signup) => db("users").where({ username: input.username });

const jobsThere = () => db("tx_jobs").count();

/** Expects a refusal within `ms`, with nothing saved. */
async function expectRefused(input: Signup, ms: number, from?: Services): Promise<void> {
  const before = await jobsThere();
  const started = performance.now();
  await expect(signUp(input, from)).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    message: expect.stringContaining("Nothing was saved"),
  });
  expect(performance.now() - started).toBeLessThan(ms);
  expect(await usersOf(input)).toEqual([]);
  expect(await jobsThere()).toEqual(before);
}

/** Expects the same request to succeed now, with one user, one job and one message. */
async function expectAccepted(input: Signup): Promise<void> {
  await whenReady(services);
  const { user } = await signUp(input);
  const [verification] = await db("email_verifications").where({ user_id: user.id });
  expect(await usersOf(input)).toHaveLength(1);
  expect(await readJob(db, verification.id)).toMatchObject({
    name: "verify-email",
    payload: { verificationId: verification.id },
    takes: 0,
  });
  expect(await hasMessage(critical, verification.id)).toBe(true);
}

describe("F1 Redis is down", () => {
  it("saves nothing if it is down since web started, and the same request succeeds later", async () => {
    const input = aSignup();
    await expectRefused(input, 1000);
    redis = await redisServer.start();
    await expectAccepted(input);
  });

  it("refuses before hashing if it dies later, and the same request succeeds after a restart", async () => {
    const input = aSignup();
    await redis.program.stop();
    const hashes = await countHashes();
    await expectRefused(input, 1000);
    expect(await countHashes()).toBe(hashes);
    redis = await redisServer.start();
    await expectAccepted(input);
    expect(await countHashes()).toBe(hashes + 1);
  });
});

describe("with Redis up", () => {
  beforeEach(async () => {
    redis = await redisServer.start();
    await whenReady(services);
  });

  it("F2 refuses within the deadline if Redis hangs; the late message mails nobody", async () => {
    const input = aSignup();
    const before = new Set((await critical.getJobs()).map(({ id }) => id));
    redis.program.signal("SIGSTOP");
    try {
      await expectRefused(input, 2500);
    } finally {
      redis.program.signal("SIGCONT");
    }
    const late = await waitFor("the late message", async () =>
      (await critical.getJobs()).find(({ id }) => !before.has(id)),
    );
    await expectAccepted(input);
    const worker = startEnlistWorker(services.env);
    await waitFor(
      "the late message to be consumed",
      async () => !(await critical.getJob(late.id!)),
    );
    await waitFor("the mail", () => sink.mails.some(({ to }) => to === input.email));
    await worker.close();
    expect(sink.mails.filter(({ to }) => to === input.email)).toHaveLength(1);
  });

  it.each([
    ["out of memory", ["maxmemory", "1"], ["maxmemory", "0"]],
    ["too few replicas to write", ["min-replicas-to-write", "3"], ["min-replicas-to-write", "0"]],
  ] as const)("F3 saves no row and no job if Redis refuses (%s)", async (_, refuse, relent) => {
    const input = aSignup();
    const before = await critical.getWaitingCount();
    await admin.config("SET", ...refuse);
    try {
      await expectRefused(input, 1000);
    } finally {
      await admin.config("SET", ...relent);
    }
    expect(await critical.getWaitingCount()).toBe(before);
    await expectAccepted(input);
  });

  it("F3 saves no row and no job if Redis has become a read-only replica", async () => {
    const input = aSignup();
    const before = await critical.getWaitingCount();
    await admin.call("REPLICAOF", "127.0.0.1", "1");
    try {
      await expectRefused(input, 1000);
    } finally {
      await admin.call("REPLICAOF", "NO", "ONE");
    }
    expect(await critical.getWaitingCount()).toBe(before);
    await expectAccepted(input);
  });

  it("F3 saves no row if the Redis password is wrong", async () => {
    await admin.call("ACL", "SETUSER", "someone", "on", ">right", "~*", "&*", "+@all");
    const REDIS_URL = redisServer.url.replace("//", "//someone:wrong@");
    const locked = await testServices(database, { REDIS_URL });
    await expectRefused(aSignup(), 2500, locked);
    await expectRefused(aSignup(), 2500, locked);
  });
});
