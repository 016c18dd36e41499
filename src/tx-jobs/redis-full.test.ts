import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ownRedis } from "../../test/fixtures/own-redis.ts";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { fromKnex, handle } from "./index.ts";
import { messageOptions, writeMessage } from "./message.ts";

const redis = await ownRedis();
const on = await testTxJobs({ redisUrl: redis.url });
const { consumer, db, queue } = on;
const key = (what: string | number) => `${on.prefix}:critical:${what}`;

beforeAll(async () => {
  await redis.start();
  await on.ready();
});
afterEach(async () => {
  await consumer.config("SET", "maxmemory", "0");
  await consumer.flushall();
  await on.clear();
});

/** Fills Redis with messages of missing jobs; a worker may empty it at once. */
async function fillUp(): Promise<void> {
  const { used_memory: used } = Object.fromEntries(
    (await consumer.info("memory")).split("\r\n").map((line) => line.split(":")),
  ) as { used_memory: string };
  await consumer.config("SET", "maxmemory", String(Number(used) + 500_000));
  const many = Array.from({ length: 500 }, () => ({
    name: probe.name,
    data: writeMessage({ id: randomUUID(), xid: "1" }),
    opts: messageOptions(10, 0),
  }));
  const isFull = () =>
    queue.addBulk(many).then(
      () => false,
      (error: Error) => {
        if (/\bOOM\b/.test(error.message)) return true;
        throw error;
      },
    );
  while (!(await isFull()));
}

describe("F16 a full Redis", () => {
  it("is emptied by the worker, which goes on, and then accepts jobs again", async () => {
    const ids = await on.fill(200);
    await fillUp();
    await expect(on.enqueue()).rejects.toMatchObject({ name: "EnqueueError" });
    await on.worker(async () => {}, { pollMs: 2000 });
    await on.allEnded();
    expect(await db("tx_jobs").where({ outcome: "done" }).pluck("id")).toHaveLength(ids.length);
    await waitFor("it to be told", () => on.events.some(({ type }) => type === "redis full"));
    const id = await waitFor("Redis to take a message again", () => on.enqueue(2));
    expect(await on.ended(id)).toMatchObject({ outcome: "done" });
    await on.drained();
  });

  it("loses no job if it fills up while jobs run", async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    // A message that a full Redis could not remove returns when its lock expires.
    const worker = await on.worker(() => held, { pollMs: 1000, leaseMs: 1000 });
    await worker.ready();
    await on.fill(30);
    await waitFor("the slots to be taken", async () => (await queue.getActiveCount()) === 10);
    await fillUp();
    go();
    await on.allEnded();
    await waitFor("Redis to take a message again", () => on.enqueue(2));
    await on.allEnded();
    await on.drained();
  });
});

describe("F16 the memory of a job in Redis", () => {
  const BOUND = 600;
  /** Bytes per item. */
  const share = async (list: string) => (await consumer.memory("USAGE", key(list)))! / 1000;

  it(`is at most ${BOUND} bytes while it waits or is delayed`, async () => {
    await on.fill(1000);
    const waiting = (await consumer.memory("USAGE", key(1)))! + (await share("wait"));
    await consumer.flushall();
    for (let n = 0; n < 1000; n++) {
      await queue.add(probe.name, writeMessage({ id: randomUUID(), xid: "4000000000" }), {
        ...messageOptions(1000, 366 * 86_400_000),
      });
    }
    const delayed = (await consumer.memory("USAGE", key(1)))! + (await share("delayed"));
    expect(waiting).toBeLessThan(300);
    expect(delayed).toBeLessThan(BOUND);
  });

  it("does not grow with its attempts", async () => {
    const sizes: number[] = [];
    const failing = handle(
      { ...probe, attempts: 10 },
      async () => Promise.reject(new Error("something that takes many words".repeat(100))),
      { backoff: { firstMs: 250, maxMs: 250 } },
    );
    await on.worker(async () => {}, { handlers: [failing] });
    const id = await db.transaction(async (tx) => {
      return (await on.jobs.enqueue(fromKnex(tx), failing.definition, { n: 1 })).id;
    });
    for (let attempt = 1; attempt < 10; attempt++) {
      await waitFor("the next attempt to be waited for", async () => {
        const made = await consumer.hget(key(1), "atm");
        return made === String(attempt) && (await consumer.zcard(key("delayed"))) === 1;
      });
      sizes.push((await consumer.memory("USAGE", key(1)))!);
    }
    expect(await on.ended(id)).toMatchObject({ outcome: "failed", attempts: 10 });
    await on.drained();
    // A sorted set needs about a hundred bytes per member.
    expect(Math.max(...sizes)).toBeLessThan(BOUND - 100);
    expect(await consumer.exists(key(1))).toBe(0);
  });
});
