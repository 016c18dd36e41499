import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { beforeEach, describe, expect, it } from "vitest";
import { createReadinessCheck } from "#src/platform/health/readiness.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testMailing } from "#test/fixtures/mailing.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { expectOneMailEach, signUp } from "#test/fixtures/stream.ts";
import { freePort } from "#test/servers/ports.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
await redisServer.start();
const port = await freePort();
const { services, sink, redis, queue, start } = await testMailing(database, {
  REDIS_URL: redisServer.url,
  RATE_LIMITS: "off",
  WORKER_PORT: String(port),
});
const closing = new AbortController().signal;
const isWebReady = createReadinessCheck({ db, jobs: services.jobs, closing });

beforeEach(async () => {
  await limit(0);
  await whenReady(services);
});

const limit = (bytes: number) => redis.config("SET", "maxmemory", String(bytes));
const usedMemory = async (admin: Redis) =>
  Number(/^used_memory:(\d+)/m.exec(await admin.info("memory"))![1]);

async function workerReadiness() {
  return (await fetch(`http://127.0.0.1:${port}/api/ready`)).json();
}

/** Signs up this many people. */
async function people(count: number) {
  const inputs = Array.from({ length: count }, () => aSignup());
  for (const input of inputs) await signUp(services, input);
  return inputs;
}

/** Fills Redis with messages only, like an old copy of it. */
async function fill(): Promise<void> {
  const before = await usedMemory(redis);
  const message = () => `${randomUUID().replaceAll("-", "")}:3`;
  for (let n = 0; n < 20; n++) {
    const batch = Array.from({ length: 500 }, () => ({ name: "verify-email", data: message() }));
    await queue.addBulk(batch);
  }
  await limit(before + ((await usedMemory(redis)) - before) / 2);
}

/** Expects sign-ups to be refused, leaving nothing behind. */
async function expectFull(): Promise<void> {
  const [users, jobs] = [await db("users").count(), await db("tx_jobs").count()];
  await expect(signUp(services, aSignup())).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    message: expect.stringContaining("Nothing was saved"),
  });
  expect(await db("users").count()).toEqual(users);
  expect(await db("tx_jobs").count()).toEqual(jobs);
  const checks = { postgres: "ok", redis: "full", migrations: "ok" };
  expect(await isWebReady()).toEqual({ ready: false, checks });
}

describe("F16 Redis is full", () => {
  it.each([
    ["with a mail server that accepts mails", "accept"],
    ["while the mail server is unavailable", "close"],
  ] as const)(
    "of messages, %s: a worker empties it and recovers by itself",
    async (_, behaviour) => {
      const waiting = await people(10);
      await fill();
      await expectFull();
      sink.behave(behaviour);
      const close = start();
      await waitFor("web to be ready again", async () => (await isWebReady()).ready);
      const later = await people(5);
      await waitFor("the worker to be ready", async () => (await workerReadiness()).ready);
      sink.behave("accept");
      await expectOneMailEach(db, sink, [...waiting, ...later]);
      await close();
      expect(await queue.count()).toBe(0);
    },
  );

  it("of other data: the worker says so, and still mails everyone who has signed up", async () => {
    const waiting = await people(10);
    await limit(1);
    await expectFull();
    const close = start();
    await expectOneMailEach(db, sink, waiting);
    expect(await workerReadiness()).toMatchObject({
      ready: false,
      checks: { postgres: "ok", redis: "full", jobs: "ok" },
    });
    await expectFull();
    await limit(0);
    await waitFor("the worker to be ready", async () => (await workerReadiness()).ready);
    await expectOneMailEach(db, sink, await people(5));
    await close();
  });
});
