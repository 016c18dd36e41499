import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ownRedis } from "../../test/fixtures/own-redis.ts";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { copyRedis } from "../../test/servers/copy-redis.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { handle } from "./index.ts";

/** The default poll interval, and the maximum delay after a lost message: F15. */
const pollMs = 2000;
// 5 s on a quiet machine. A message alone would never come, and a lease lasts 30 s.
const LATEST = 15_000;

const redis = await ownRedis();
const on = await testTxJobs({ redisUrl: redis.url });
const { consumer, db } = on;
const key = (what: string) => `${on.prefix}:critical:${what}`;

beforeAll(async () => {
  await redis.start();
  await on.ready();
});
afterEach(async () => {
  await consumer.flushall();
  await db("tx_jobs").delete();
});

type State = "wait" | "active" | "delayed";

/** The parts of a message that Redis can lose or duplicate. */
const LOSSES: ((state: State, id: string) => Promise<unknown>)[] = [
  async function noPlace(state, id) {
    await (state === "delayed" ? consumer.zrem(key(state), id) : consumer.lrem(key(state), 0, id));
  },
  async function noHash(_, id) {
    await consumer.del(key(id), key(`${id}:lock`));
  },
  async function doubled(state, id) {
    await consumer.copy(key(id), key(`9${id}`));
    if (state === "delayed") {
      await consumer.zadd(key(state), (await consumer.zscore(key(state), id))!, `9${id}`);
    } else await consumer.lpush(key(state), `9${id}`, id);
  },
  async function nothingLeft(state, id) {
    await Promise.all(LOSSES.slice(0, 2).map((lose) => lose(state, id)));
  },
];
const ALL = LOSSES.map((_, n) => n);

describe("F15 Redis loses the hash, the list entry, or both, or has them twice", () => {
  it("of waiting messages", async () => {
    for (const n of ALL) await on.enqueue(n);
    await loseParts("wait");
    const { starts } = await work();
    const began = Date.now();
    await on.allEnded();
    expect(Date.now() - began).toBeLessThan(LATEST);
    await expectQuiet(starts, ALL);
  });

  it("of messages that wait for their next attempt", async () => {
    const { starts } = await work({ failures: ALL.length, backoffMs: 1500 });
    for (const n of ALL) await on.enqueue(n);
    await loseParts("delayed");
    const due = await db("tx_jobs").max<{ max: Date }[]>("due_at as max");
    await on.allEnded();
    expect(Date.now() - due[0]!.max.getTime()).toBeLessThan(LATEST);
    await expectQuiet(starts, [...ALL, ...ALL]);
  });

  it("of active messages", async () => {
    const { starts, go } = await work({ isHeld: true });
    for (const n of ALL) await on.enqueue(n);
    await loseParts("active");
    go();
    await on.allEnded();
    await expectQuiet(starts, ALL);
    expect(await db("tx_jobs").max("takes")).toEqual([{ max: 1 }]);
  });
});

describe("F15 an old copy of Redis comes back", () => {
  it("due jobs run, and finished jobs do not", async () => {
    for (const n of ALL) await on.enqueue(n);
    const restore = await copyRedis(consumer, key("*"));
    const { starts } = await work();
    await on.allEnded();
    await on.drained();
    const id = await on.enqueue(6, { delayMs: 300 });
    await restore();
    expect(await on.ended(id)).toMatchObject({ outcome: "done" });
    await expectQuiet(starts, [...ALL, 6]);
  });

  it("finished jobs do not run again if the copy had them active", async () => {
    const { starts, go } = await work({ isHeld: true });
    for (const n of ALL) await on.enqueue(n);
    await waitFor("all to begin", () => starts.length === ALL.length);
    const restore = await copyRedis(consumer, key("*"));
    go();
    await on.allEnded();
    await on.drained();
    await restore();
    await expectQuiet(starts, ALL);
  });
});

/** Removes another part of each message, once all are in this state. */
async function loseParts(state: State): Promise<void> {
  const ids = await waitFor(`the messages: ${state}`, async () => {
    const there = await (state === "delayed"
      ? consumer.zrange(key(state), "0", "-1")
      : consumer.lrange(key(state), 0, -1));
    return there.length === ALL.length && there;
  });
  await Promise.all(ids.map((id, n) => LOSSES[n]!(state, id)));
}

/** A worker that notes what it starts. Leases are short, so that lost active messages return. */
async function work({ failures = 0, backoffMs = 50, isHeld = false } = {}) {
  const starts: number[] = [];
  let go = () => {};
  const held = isHeld ? new Promise<void>((resolve) => (go = resolve)) : undefined;
  const handler = handle(
    probe,
    async ({ n }) => {
      starts.push(n);
      await held;
      if (starts.length <= failures) throw new Error("on purpose");
    },
    { backoff: { firstMs: backoffMs } },
  );
  const worker = await on.worker(async () => {}, { handlers: [handler], pollMs, leaseMs: 1000 });
  await worker.ready();
  return { starts, go };
}

/** Nothing loops: the queue empties and stays empty, and only these jobs were started. */
async function expectQuiet(starts: number[], expected: number[]): Promise<void> {
  await on.drained();
  await on.ended(await on.enqueue(99));
  await on.drained();
  expect(starts.toSorted((a, b) => a - b)).toEqual([...expected, 99].toSorted((a, b) => a - b));
}
