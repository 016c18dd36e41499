import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { fromKnex } from "./index.ts";
import { messageOptions, writeMessage, type Message } from "./message.ts";
import { takeByMessage } from "./take-by-message.ts";
import { lookFor, takeDue, type Due } from "./take.ts";

const on = await testTxJobs();
const { db } = on;
const taking = { db: on.connection, workerId: randomUUID(), leaseMs: 30_000 };
const lookForOne = async (message: Message) => (await lookFor(taking, [message]))[0]!;
beforeAll(() => on.ready());
afterEach(async () => {
  await on.queue.obliterate({ force: true });
  await on.clear();
});

/** Inserts only a row, due in this many milliseconds, without a message. */
async function row(dueInMs: number): Promise<string> {
  const [id] = await on.fill(1, () => false);
  await db("tx_jobs").update({
    due_at: db.raw("clock_timestamp() + ? * interval '1 ms'", [dueInMs]),
  });
  return id!;
}

/** Looks for the job as a message does. Returns the result, and the pauses. */
async function look(id: string, xid = "1", slow = new Set<string>()) {
  const pauses: number[] = [];
  const found = await takeByMessage(lookForOne, { id, xid }, slow, async (ms) => {
    pauses.push(ms);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return true;
  });
  return { found: typeof found === "string" ? found : found.id, pauses };
}

describe("a message that arrives early", () => {
  it("by a moment waits for its job to be due", async () => {
    const id = await row(80);
    expect(await look(id)).toMatchObject({ found: id });
  });

  it("by more than that is dropped, and the poll takes the job", async () => {
    expect(await look(await row(500))).toEqual({ found: "there", pauses: [] });
    await on.worker(async () => {});
    await on.allEnded();
  });

  it("does not wait if another worker has the job, or it is done", async () => {
    const id = await row(50);
    await db("tx_jobs").update({ leased_by: randomUUID(), leased_until: new Date(0) });
    expect(await look(id)).toEqual({ found: "there", pauses: [] });
    await db("tx_jobs").update({ due_at: new Date(0) });
    expect(await look(id)).toEqual({ found: "there", pauses: [] });
    await db("tx_jobs").update({ outcome: "done", finished_at: new Date() });
    expect(await look(id)).toEqual({ found: "there", pauses: [] });
  });

  it("lets delays and backoffs last as long as set, and little longer", async () => {
    const starts: number[] = [];
    const worker = await on.worker(
      async () => {
        starts.push(Date.now());
        if (starts.length % 2 === 1) throw new Error("on purpose");
      },
      { pollMs: 60_000 }, // Too rare to help.
    );
    await worker.ready();
    const delays: number[] = [];
    for (let n = 0; n < 4; n++) {
      const began = Date.now();
      await on.ended(await on.enqueue(n, { delayMs: 200 }));
      delays.push(starts[2 * n]! - began);
      expect(starts[2 * n + 1]! - starts[2 * n]!).toBeGreaterThanOrEqual(50);
    }
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(200);
    // BullMQ waits for whole seconds only, if it assumes an old Redis.
    expect(Math.min(...delays)).toBeLessThan(900);
  });
});

describe("a message without a row", () => {
  it.each([
    ["is in the future", "2000000"],
    ["is of another epoch", "4611686018427387904"],
    ["has an invalid id", "99999999999999999999"],
    ["is forgotten", "3"],
  ])("whose transaction %s is dropped at once", async (_, xid) => {
    expect(await look(randomUUID(), xid)).toMatchObject({ found: "unknown" });
  });

  it("runs its job despite such an id if the row exists", async () => {
    const id = await row(0);
    expect(await look(id, "2000000")).toEqual({ found: id, pauses: [] });
    const { pauses } = await look(await row(0), "99999999999999999999");
    expect(pauses).toEqual([]);
    await db("tx_jobs").update({ leased_by: null, leased_until: null });
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n));
    await on.queue.add(probe.name, writeMessage({ id, xid: "2000000" }));
    await on.allEnded();
    expect(seen).toHaveLength(2);
  });

  it("is dropped at once if it was rolled back, or its row is deleted", async () => {
    let xid = "";
    const note = async (tx: Knex.Transaction) => {
      const { rows } = await tx.raw<{ rows: { xid: string }[] }>(
        "select pg_current_xact_id()::text as xid",
      );
      xid = rows[0]!.xid;
    };
    await db.transaction(note);
    expect(await look(randomUUID(), xid)).toEqual({ found: "unknown", pauses: [] });
    await expect(
      db.transaction((tx) => note(tx).then(() => tx.rollback(new Error("no")))),
    ).rejects.toThrow("no");
    expect(await look(randomUUID(), xid)).toEqual({ found: "rolled back", pauses: [] });
  });

  it("of an open transaction is looked for seven times in 126 ms, the next ones once", async () => {
    const slow = new Set<string>();
    await db.transaction(async (tx) => {
      const { rows } = await tx.raw<{ rows: { xid: string }[] }>(
        "select pg_current_xact_id()::text as xid",
      );
      const { xid } = rows[0]!;
      const first = await look(randomUUID(), xid, slow);
      expect(first).toEqual({ found: "not yet", pauses: [2, 4, 8, 16, 32, 64, 0] });
      expect(await look(randomUUID(), xid, slow)).toEqual({ found: "not yet", pauses: [] });
    });
  });
});

it("a message of another program is consumed", async () => {
  await on.worker(async () => {});
  await on.queue.addBulk([
    { name: "probe", data: "what?", opts: messageOptions(1000, 0) },
    { name: "probe", data: {}, opts: messageOptions(1000, 0) },
    { name: "probe", data: writeMessage({ id: randomUUID(), xid: "1" }) },
  ]);
  await on.drained();
});

it("a long transaction with many jobs delays nothing, and all start soon after it", async () => {
  const starts = new Map<number, number>();
  const worker = await on.worker(async ({ n }) => void starts.set(n, Date.now()), { pollMs: 2000 });
  await worker.ready();
  const committed = new Map<number, number>();
  await db.transaction(async (tx) => {
    for (let n = 0; n < 300; n++) await on.jobs.enqueue(fromKnex(tx), probe, { n });
    for (let n = 300; n < 320; n++) {
      await on.enqueue(n);
      committed.set(n, Date.now());
    }
    await waitFor("the others to start", () => starts.size === committed.size);
    await on.drained();
    for (let n = 0; n < 300; n++) committed.set(n, Date.now());
  });
  await on.allEnded();
  const late = [...starts].map(([n, at]) => at - committed.get(n)!);
  expect(late).toHaveLength(320);
  // A busy machine takes a while for 300 jobs. That the others did not wait was seen above.
  expect(Math.max(...late)).toBeLessThan(30_000);
});

it("the statement that takes a job tells whether it is early, locked, taken or there", async () => {
  const id = await row(10_000);
  expect(await lookForOne({ id, xid: "1" })).toMatchObject({ found: "early" });
  await db("tx_jobs").update({ due_at: db.raw("now()") });
  await db.transaction(async (tx) => {
    await tx("tx_jobs").forUpdate().select();
    expect(await lookForOne({ id, xid: "1" })).toEqual({ found: "locked" });
  });
  expect(await lookForOne({ id, xid: "1" })).toMatchObject({
    found: "taken",
    job: { id, name: "probe", queue: "critical", attempts: 0, maxAttempts: 3, takes: 1, lost: 0 },
  });
  expect(await lookForOne({ id, xid: "1" })).toEqual({ found: "there" });
});

it("the poll takes free due jobs, oldest first, and expired leases only until its deadline", async () => {
  const ids = await on.fill(5, () => false);
  const minute = (n: number) => db.raw("now() - ? * interval '1 minute'", [n]);
  for (const [n, id] of ids.entries())
    await db("tx_jobs")
      .where({ id })
      .update({ due_at: minute(9 - n) });
  const lease = { leased_by: randomUUID(), leased_until: minute(1) };
  await db("tx_jobs").where({ id: ids[1] }).update(lease);
  await db("tx_jobs")
    .where({ id: ids[2] })
    .update({ ...lease, leased_until: minute(-1) });
  await db("tx_jobs")
    .where({ id: ids[3] })
    .update({ due_at: minute(-1) });
  const due = { limit: 9, graceMs: 0, floorMs: 0, takeOverUntilMs: 0, except: "{}" };
  const take = async (how: Partial<Due>) => {
    const jobs = await takeDue(taking, "probe", { ...due, ...how });
    return jobs.map((job) => [job.id, job.tookOver]);
  };
  expect(await take({ graceMs: 600_000 })).toEqual([]);
  expect(await take({ floorMs: Date.now() - 60_000 })).toEqual([]);
  await db.transaction(async (tx) => {
    await tx("tx_jobs").where({ id: ids[4] }).forUpdate().select();
    expect(await take({ limit: 2 })).toEqual([[ids[0], false]]);
  });
  // Like a statement that reaches a frozen server in time, and runs when it resumes.
  expect(await take({ takeOverUntilMs: Date.now() - 1000, except: `{${ids[4]}}` })).toEqual([]);
  expect(await take({ takeOverUntilMs: Infinity, except: `{${ids[1]}}` })).toEqual([
    [ids[4], false],
  ]);
  expect(await take({ takeOverUntilMs: Date.now() + 60_000 })).toEqual([[ids[1], true]]);
});
