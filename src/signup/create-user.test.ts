import { randomUUID } from "node:crypto";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
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

// Real hashing, counted.
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

function signUp(input: CreateUserInput, from: Services = services) {
  return appRouter.createCaller(testContext(from)).createUser(input);
}

const onlyNames = ({ username, email }: CreateUserInput) => ({ username, email });

const usersOf = (input: CreateUserInput) => db("users").where({ username: input.username });

const jobsThere = () => db("tx_jobs").count();

/** Expects a refusal within `ms`, with nothing saved. */
async function expectRefused(input: CreateUserInput, ms: number, from?: Services): Promise<void> {
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
async function expectAccepted(input: CreateUserInput): Promise<void> {
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

  it("F6 returns the first result if the same request is repeated", async () => {
    const input = aSignup();
    const first = await signUp(input);
    expect(await signUp(input)).toEqual(first);
    expect(await usersOf(input)).toHaveLength(1);
    expect(await db("email_verifications").where({ user_id: first.user.id })).toHaveLength(1);
  });

  it("F6 returns the first result even if Redis is down by then", async () => {
    const input = aSignup();
    const first = await signUp(input);
    await redis.program.stop();
    expect(await signUp(input)).toEqual(first);
  });

  it("F6 creates one user and one answer if ten copies race", async () => {
    const input = aSignup();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(input)));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    expect(await usersOf(input)).toHaveLength(1);
  });

  it.each<[what: string, other: () => Partial<CreateUserInput>]>([
    ["another password", () => ({ password: "another-vexed-lantern" })],
    ["other names but a copied requestId and password", () => onlyNames(aSignup())],
  ])("does not return the first result to a request with %s", async (_, other) => {
    const input = aSignup();
    await signUp(input);
    const context = testContext(services);
    const again = appRouter.createCaller(context).createUser({ ...input, ...other() });
    await expect(again).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.not.stringContaining(input.email),
      cause: { field: "requestId" },
    });
    expect(context.responseHeaders.get("set-cookie")).toBeNull();
    expect(await db("users").where({ signup_request_id: input.requestId })).toHaveLength(1);
  });

  it.each<[what: string, change: (input: CreateUserInput) => Partial<CreateUserInput>]>([
    ["the address is in another case", ({ email }) => ({ email: email.toUpperCase() })],
    ["the address was changed meanwhile", () => ({ email: aSignup().email })],
    ["the username was changed meanwhile", () => ({ username: aSignup().username })],
  ])("returns the first result even if %s", async (_, change) => {
    const input = aSignup();
    const first = await signUp(input);
    expect(await signUp({ ...input, ...change(input) })).toEqual(first);
  });

  it("names the username if another sign-up has it", async () => {
    const { username } = aSignup();
    await signUp(aSignup({ username }));
    await expect(signUp(aSignup({ username }))).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { field: "username" },
    });
    expect(await db("users").where({ username })).toHaveLength(1);
  });

  it("gives a username to exactly one of ten sign-ups", async () => {
    const { username } = aSignup();
    const tries = Array.from({ length: 10 }, () => signUp(aSignup({ username })));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db("users").where({ username })).toHaveLength(1);
  });

  it("answers the same whether or not the address has an account", async () => {
    const known = aSignup();
    await signUp(known);
    await db("users")
      .where({ username: known.username })
      .update({ email_verified_at: db.fn.now() });
    const { user } = await signUp(aSignup({ email: known.email.toUpperCase() }));
    expect(user).toEqual({
      id: expect.any(String),
      username: expect.any(String),
      fullName: "Ada Lovelace",
      email: known.email.toUpperCase(),
      createdAt: expect.any(String),
    });
  });

  it("keeps the password only as an Argon2id hash", async () => {
    const input = aSignup();
    await signUp(input);
    const [row] = await usersOf(input);
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain(input.password);
  });

  it("sets the cookie that identifies this browser", async () => {
    const context = testContext(services);
    await appRouter.createCaller(context).createUser(aSignup({ requestId: randomUUID() }));
    expect(context.responseHeaders.get("set-cookie")).toMatch(
      /^enlist_signup=[\w-]{64}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
  });
});
