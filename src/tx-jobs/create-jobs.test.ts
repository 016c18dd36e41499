import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { createJobs, defineJob, fromKnex, type Connection, type EnqueueEvent } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
beforeAll(() => on.ready());

it("an id whose job is pruned at that moment is a new job", async () => {
  const id = await on.enqueue(1);
  const { isNew } = await db.transaction(async (tx) => {
    const connection = fromKnex(tx);
    const pruning: Connection = {
      ...connection,
      async run(statement) {
        const rows = await connection.run(statement);
        if (rows.length === 0) await tx("tx_jobs").where({ id }).delete();
        return rows as never;
      },
    };
    return on.jobs.enqueue(pruning, probe, { n: 1 }, { id });
  });
  expect(isNew).toBe(true);
  expect(await on.row(id)).toBeDefined();
});

it("refuses a payload at once if JSON makes it unreadable for a worker", async () => {
  const dated = defineJob({
    name: "dated",
    queue: "critical",
    payload: z.object({ at: z.date() }),
  });
  const enqueuing = db.transaction((tx) =>
    on.jobs.enqueue(fromKnex(tx), dated, { at: new Date() }),
  );
  await expect(enqueuing).rejects.toMatchObject({ name: "InvalidJob" });
});

it("emits an event if a message was added, or is owed", async () => {
  const events: EnqueueEvent[] = [];
  const seen = (redis = on.producer) =>
    createJobs({
      ...{ redis, prefix: on.prefix, whenRedisIsAway: "owe" },
      on: (event) => void events.push(event),
    });
  const id = randomUUID();
  await on.enqueue(1, { id }, seen());
  // With "owe", nobody waits for Redis: its answer may come after the next job is owed.
  await expect.poll(() => events.length, { timeout: 60_000 }).toBe(1);
  const closed = on.producer.duplicate({ lazyConnect: true });
  await on.enqueue(2, {}, seen(closed));
  await expect.poll(() => events.map(({ type }) => type)).toEqual(["enqueued", "owed"]);
  expect(events[0]).toMatchObject({ job: "probe", queue: "critical", id });
});
