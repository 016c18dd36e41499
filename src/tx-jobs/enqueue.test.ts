import { setTimeout as sleep } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { createJobs, defineJob, fromKnex, handle, type InvalidJob } from "./index.ts";

const on = await testTxJobs();
const { db, jobs } = on;
beforeAll(() => on.ready());

describe("enqueue", () => {
  it("runs the job once if the transaction commits", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n));
    const id = await on.enqueue(1);
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 1 });
    expect(seen).toEqual([1]);
    await waitFor("the message to go", async () => (await on.queue.getJobCountByTypes()) === 0);
  });

  it("never runs it if the transaction rolls back", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n));
    const rolledBack = db.transaction(async (tx) => {
      await jobs.enqueue(fromKnex(tx), probe, { n: 2 });
      throw new Error("on purpose");
    });
    await expect(rolledBack).rejects.toThrow("on purpose");
    await waitFor("the message to be dropped", () =>
      on.events.some((event) => event.type === "dropped" && event.reason === "rolled back"),
    );
    await on.ended(await on.enqueue(3));
    expect(seen).toEqual([3]);
  });

  it("waits for a commit that comes later than the message", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n));
    const id = await db.transaction(async (tx) => {
      const job = await jobs.enqueue(fromKnex(tx), probe, { n: 4 });
      await sleep(60);
      expect(seen).toEqual([]);
      return job.id;
    });
    await on.ended(id);
    expect(seen).toEqual([4]);
  });

  it("leaves a commit that takes longer than 126 ms to the poll", async () => {
    await on.worker(async () => {});
    const id = await db.transaction(async (tx) => {
      const job = await jobs.enqueue(fromKnex(tx), probe, { n: 5 });
      await waitFor("the message to be dropped", () =>
        on.events.some((event) => event.type === "dropped" && event.reason === "not yet"),
      );
      return job.id;
    });
    expect(await on.ended(id)).toMatchObject({ outcome: "done" });
  });

  it("F24 never runs a job of a rolled-back savepoint, even if the transaction commits", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n));
    const id = await db.transaction(async (tx) => {
      const savepoint = tx.transaction(async (inner) => {
        await jobs.enqueue(fromKnex(inner), probe, { n: 6 });
        throw new Error("on purpose");
      });
      await expect(savepoint).rejects.toThrow("on purpose");
      return (await jobs.enqueue(fromKnex(tx), probe, { n: 7 })).id;
    });
    await on.ended(id);
    await waitFor("its message to go", async () => (await on.queue.getJobCountByTypes()) === 0);
    expect(seen).toEqual([7]);
  });

  it("treats the same id as the same job, even if it is done", async () => {
    let runs = 0;
    await on.worker(async () => void runs++);
    const id = randomUUID();
    await on.enqueue(8, { id });
    await on.ended(id);
    const again = db.transaction((tx) => jobs.enqueue(fromKnex(tx), probe, { n: 8 }, { id }));
    expect(await again).toEqual({ id, isNew: false });
    expect(runs).toBe(1);
    const other = db.transaction((tx) => jobs.enqueue(fromKnex(tx), probe, { n: 9 }, { id }));
    await expect(other).rejects.toThrow(/^probe: its id .* belongs to another job$/);
  });

  it("runs a job no sooner than its delay allows", async () => {
    let at = 0;
    await on.worker(async () => void (at = Date.now()));
    const began = Date.now();
    await on.ended(await on.enqueue(10, { delayMs: 400 }));
    expect(at - began).toBeGreaterThanOrEqual(400);
  });

  it("can insert the row with the caller's own statement", async () => {
    await on.worker(async () => {});
    const id = await db.transaction(async (tx) => {
      const job = jobs.prepare(probe, { n: 11 });
      const insert = job.insert(2);
      const [row] = await fromKnex(tx).run<{ xid: string }>({
        text: `with job as (${insert.text}) insert into effects (n) values ($1)
               returning pg_current_xact_id()::text as xid`,
        values: [11, ...insert.values],
      });
      await job.ring(row!.xid);
      return job.id;
    });
    expect(await on.ended(id)).toMatchObject({ outcome: "done" });
    expect(await on.effects()).toContain(11);
  });
});

describe("bad input is refused before anything is sent", () => {
  const none = () => db("tx_jobs").count().first();
  const refuse = async (what: () => Promise<unknown>, message: RegExp, name = "InvalidJob") => {
    const before = await none();
    const error = (await what().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )) as InvalidJob;
    expect(error?.name).toBe(name);
    expect(error?.message).toMatch(message);
    expect(await none()).toEqual(before);
  };
  const inTx = (payload: unknown, options = {}, job = probe) =>
    db.transaction((tx) => jobs.enqueue(fromKnex(tx), job, payload as { n: number }, options));
  const free = defineJob({ name: "free", queue: "critical", payload: z.unknown() });

  it.each([
    [
      "a payload that does not match its schema",
      { n: "1" },
      {},
      /^probe: its payload does not parse$/,
    ],
    ["an id that is not a UUID", { n: 1 }, { id: "7" }, /^probe: its id must be a UUID$/],
    ["a negative delay", { n: 1 }, { delayMs: -1 }, /^probe: delayMs/],
    ["a delay that is not a number", { n: 1 }, { delayMs: NaN }, /^probe: delayMs/],
  ])("%s", async (_, payload, options, message) => {
    await refuse(() => inTx(payload, options), message);
  });

  it.each([
    ["a payload over its limit", "x".repeat(9000), /^free: its payload has 9002 bytes/],
    ["U+0000", "a\u0000", /^free: its payload holds a character/],
    ["half a surrogate pair", "\ud800", /^free: its payload holds a character/],
    ["nothing at all", undefined, /^free: its payload is not JSON$/],
    ["a circular object", circle(), /^free: its payload does not parse$/],
  ])("%s", async (_, payload, message) => {
    await refuse(() => inTx(payload, {}, free as never), message);
  });

  it("but a text that only looks like an escape is accepted", async () => {
    expect(await inTx(String.raw`\u0000 \ud800`, {}, free as never)).toMatchObject({ isNew: true });
  });

  it("a pool, or a transaction that is over", async () => {
    await refuse(() => jobs.enqueue(on.connection, probe, { n: 1 }), /a pool/, "NotInTransaction");
    const over = await db.transaction(async (tx) => tx);
    await refuse(
      () => jobs.enqueue(fromKnex(over), probe, { n: 1 }),
      /is over$/,
      "NotInTransaction",
    );
  });

  it("a missing table", async () => {
    await db.raw("alter table tx_jobs rename to elsewhere");
    try {
      await expect(inTx({ n: 1 })).rejects.toMatchObject({ name: "SchemaError" });
    } finally {
      await db.raw("alter table elsewhere rename to tx_jobs");
    }
  });

  it.each([
    { name: "a b" },
    { attempts: 0 },
    { timeLimitMs: 0 },
    { backoff: { firstMs: 0 } },
    { backoff: { firstMs: 1, jitter: 2 } },
  ])("a definition with %o", (wrong) => {
    const define = () => defineJob({ name: "x", queue: "q", payload: z.unknown(), ...wrong });
    expect(define).toThrow(RangeError);
  });

  it("two handlers for one name", async () => {
    const both = [handle(probe, async () => {}), handle(probe, async () => {})];
    const start = on.worker(async () => {}, { handlers: both });
    await expect(start).rejects.toThrow(new RangeError("two handlers for probe"));
  });

  it.each([
    [{ concurrency: { critical: 0 } }, "concurrency of critical"],
    [{ concurrency: { critical: 1.5 } }, "concurrency of critical"],
    [{ pollMs: 0 }, "pollMs"],
    [{ gatherMs: -1 }, "gatherMs"],
    [{ leaseMs: Number.NaN }, "leaseMs"],
  ])("a worker with %o", async (wrong, words) => {
    await expect(on.worker(async () => {}, wrong)).rejects.toThrow(words);
  });
});

function circle(): object {
  const ring: Record<string, unknown> = {};
  ring.ring = ring;
  return ring;
}

it("a message is small: it has no payload and no options of its own", async () => {
  const before = await on.consumer.dbsize();
  const quiet = createJobs({ redis: on.producer, prefix: `${on.prefix}-quiet` });
  await on.enqueue(12, {}, quiet);
  const keys = await on.consumer.keys(`${on.prefix}-quiet:critical:1`);
  expect(await on.consumer.dbsize()).toBeGreaterThan(before);
  const data = await on.consumer.hget(keys[0]!, "data");
  expect(data).toMatch(/^"[\da-f]{32}:\d+"$/);
});
