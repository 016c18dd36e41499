import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import type { WorkerEvent } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await db("tx_jobs").delete();
  await on.queue.obliterate({ force: true });
});

/** Concurrent handlers. */
const CONCURRENCY = 15;
const POLL_MS = 500;

/**
 * Works until all jobs have ended. Returns the order in which they began, and the messages'
 * results.
 */
async function work({ pollMs = POLL_MS, handlerMs = 0 } = {}) {
  const starts: number[] = [];
  const dropped: WorkerEvent[] = [];
  const began = performance.now();
  await on.worker(
    async ({ n }) => {
      starts.push(n);
      if (handlerMs > 0) await sleep(handlerMs);
    },
    {
      pollMs,
      concurrency: { critical: CONCURRENCY },
      on: (event) => void (event.type === "dropped" && dropped.push(event)),
    },
  );
  await on.allEnded();
  const polls = 1 + (performance.now() - began) / (pollMs * 0.8);
  await on.drained();
  return { starts, dropped, polls };
}

it("the poll takes one job at a time if all jobs have messages", async () => {
  const count = 4000;
  await on.fill(count);
  const { starts, dropped, polls } = await work();
  expect(starts.length).toBe(count);
  expect(new Set(starts).size).toBe(count);
  // Until the first message comes, the poll may fill all slots, even several times for short jobs.
  expect(dropped.length).toBeLessThan(polls + 4 * CONCURRENCY);
  // Only the producer added to Redis.
  expect(await on.consumer.get(`${on.prefix}:critical:id`)).toBe(String(count));
});

it("the poll takes jobs without a message, while the slots are full and after", async () => {
  const count = 2000;
  await on.fill(count, (n) => n % 2 === 0);
  const { starts, dropped, polls } = await work({ pollMs: 100, handlerMs: 10 });
  expect(starts.length).toBe(count);
  expect(new Set(starts).size).toBe(count);
  // While messages held all slots, the poll took the oldest jobs, and finally one without a
  // message.
  const early = starts.slice(8 * CONCURRENCY, 50 * CONCURRENCY).filter((n) => n % 2 === 1);
  expect(early.length).toBeGreaterThan(0);
  expect(early).toEqual(early.toSorted((one, other) => one - other));
  expect(dropped.length).toBeLessThan(polls + 4 * CONCURRENCY);
});

it("messages of jobs done long ago delay nothing", async () => {
  await on.fill(20_000);
  await db("tx_jobs").update({ finished_at: db.fn.now(), outcome: "done" });
  await on.fill(150, () => false);
  await on.worker(async () => {}, { pollMs: 300, concurrency: { critical: CONCURRENCY } });
  await on.allEnded();
  expect(await on.queue.getWaitingCount()).toBeGreaterThan(0);
});
