import { beforeAll, describe, expect, it } from "vitest";
import { ownRedis } from "../../test/fixtures/own-redis.ts";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { freePort } from "../../test/servers/ports.ts";
import { createJobs, fromKnex } from "./index.ts";

/** The default poll interval, and the maximum delay after a lost message: F15. */
const pollMs = undefined;
// 5 s on a quiet machine. A message alone would never come, and a lease lasts 30 s.
const LATEST = 15_000;

describe("without Redis for the whole run", async () => {
  const on = await testTxJobs({ redisUrl: `redis://127.0.0.1:${await freePort()}` });

  it("all owed jobs run within seconds", async () => {
    const owing = createJobs({
      redis: on.producer,
      prefix: on.prefix,
      whenRedisIsAway: "owe",
    });
    const late = new Map<number, number>();
    const committed = new Map<number, number>();
    await on.worker(async ({ n }) => void late.set(n, Date.now() - committed.get(n)!), { pollMs });
    for (let n = 1; n <= 60; n++) {
      committed.set(n, Date.now());
      await on.enqueue(n, {}, owing);
    }
    await on.allEnded();
    expect(late.size).toBe(60);
    expect(Math.max(...late.values())).toBeLessThan(LATEST);
  });

  it("a job that is not owed is refused at once, and leaves nothing behind", async () => {
    const before = await on.db("tx_jobs").count().first();
    const began = performance.now();
    await expect(on.enqueue()).rejects.toMatchObject({ name: "EnqueueError" });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await on.db("tx_jobs").count().first()).toEqual(before);
  });

  it("a job runs if its EnqueueError was ignored and the transaction commits", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n), { pollMs });
    const jobs = createJobs({ redis: on.consumer, prefix: on.prefix, timeoutMs: 50 });
    await on.db.transaction(async (tx) => {
      const refused = jobs.prepare(probe, { n: 70 });
      const { text, values } = refused.insert(1);
      const [row] = await fromKnex(tx).run<{ xid: string }>({
        text: `${text} returning pg_current_xact_id()::text as xid`,
        values,
      });
      await expect(refused.ring(row!.xid)).rejects.toMatchObject({ name: "EnqueueError" });
    });
    await on.allEnded();
    expect(seen).toEqual([70]);
  });
});

describe("F15 a Redis that loses its data", async () => {
  const redis = await ownRedis();
  const on = await testTxJobs({ redisUrl: redis.url });
  beforeAll(async () => {
    await redis.start();
    await on.ready();
  });

  it("can be flushed around each commit, and all jobs run", async () => {
    const late = new Map<number, number>();
    const committed = new Map<number, number>();
    await on.worker(async ({ n }) => void late.set(n, Date.now() - committed.get(n)!), { pollMs });
    for (let n = 1; n <= 40; n++) {
      await on.db.transaction(async (tx) => {
        await on.jobs.enqueue(fromKnex(tx), probe, { n });
        if (n % 2) await on.consumer.flushall();
        committed.set(n, Date.now());
      });
      if (n % 2 === 0) await on.consumer.flushall();
    }
    await on.allEnded();
    expect(late.size).toBe(40);
    expect(Math.max(...late.values())).toBeLessThan(LATEST);
  });

  it("can hang and come back empty, and all jobs run", async () => {
    const server = await redis.start();
    const seen: number[] = [];
    const owing = createJobs({ redis: on.producer, prefix: on.prefix, whenRedisIsAway: "owe" });
    await on.worker(async ({ n }) => void seen.push(n), { pollMs });
    for (let n = 1; n <= 30; n++) {
      if (n === 10) server.program.signal("SIGSTOP");
      if (n === 20) server.program.signal("SIGCONT");
      if (n === 25) await on.consumer.flushall();
      await on.enqueue(n, {}, owing);
    }
    await on.allEnded();
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });
});
