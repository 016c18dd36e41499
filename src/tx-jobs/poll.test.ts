import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeAll, expect, it } from "vitest";
import { waitFor } from "../../test/servers/wait-for.ts";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { defineJob, fromKnex, handle, type JobDefinition } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await on.clear();
});

const other = defineJob({ ...probe, name: "other" });
const elsewhere = defineJob({ ...probe, name: "elsewhere", queue: "default" });

/** Enqueues a job whose message is lost. */
async function lose(job: JobDefinition<{ n: number }>): Promise<string> {
  return db.transaction(async (tx) => {
    const prepared = on.jobs.prepare(job, { n: 1 });
    await fromKnex(tx).run(prepared.insert(1));
    return prepared.id;
  });
}

it("a queue without free slots does not delay other queues", async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await on.worker(async () => {}, {
    handlers: [handle(probe, () => held), handle(elsewhere, async () => {})],
    concurrency: { critical: 2, default: 1 },
  });
  const stuck = await Promise.all([1, 2, 3].map((n) => on.enqueue(n)));
  await waitFor("the slots to be taken", () => on.events.length > 1);
  expect(await on.ended(await lose(elsewhere))).toMatchObject({ outcome: "done" });
  go();
  await Promise.all(stuck.map((id) => on.ended(id)));
});

it("a name with many jobs does not delay other names of its queue", async () => {
  const order: string[] = [];
  const nowhere = new Redis("redis://127.0.0.1:1", { maxRetriesPerRequest: null });
  nowhere.on("error", () => {});
  await on.fill(120, () => false);
  await lose(other);
  await on.worker(async () => {}, {
    handlers: [
      handle(probe, async () => void order.push("probe")),
      handle(other, async () => void order.push("other")),
    ],
    concurrency: { critical: 2 },
    redis: nowhere, // Makes all slots idle.
  });
  await on.allEnded();
  expect(order.indexOf("other")).toBeLessThan(50);
  nowhere.disconnect();
});

it("a worker leaves the table alone if it is idle or works by messages", async () => {
  let takes = 0;
  await on.worker(async () => {}, {
    db: {
      run(statement) {
        if (statement.name === "tx-jobs-take-due") takes++;
        return on.connection.run(statement);
      },
      transaction: () => "none",
    },
    pollMs: 60_000,
  });
  for (let n = 0; n < 50; n++) await on.ended(await on.enqueue(n));
  expect(takes).toBe(1);
  expect(await db("tx_jobs").max("takes")).toEqual([{ max: 1 }]);
});

it("a new message is not delayed by many jobs without one", async () => {
  const starts: number[] = [];
  const worker = await on.worker(
    async ({ n }) => {
      starts.push(n);
      await sleep(20);
    },
    { concurrency: { critical: 3 } },
  );
  await worker.ready();
  await sleep(1100); // Until the slots count as idle.
  await on.fill(300, () => false);
  await waitFor("the poll to take them", () => starts.length > 10);
  await on.enqueue(1000);
  await waitFor("the message to be handled", () => starts.includes(1000));
  expect(starts.length).toBeLessThan(250);
});
