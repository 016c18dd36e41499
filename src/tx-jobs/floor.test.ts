import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { createFloor } from "./floor.ts";
import { fromKnex, retryJobs, type Connection, type Statement } from "./index.ts";
import { takeDue } from "./take.ts";

const on = await testTxJobs();
const { db, connection } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await db("tx_jobs").delete();
});

interface Snapshot {
  at: number;
  xmin: string;
  xmax: string;
  xid: string | null;
}

const taking = { db: connection, workerId: randomUUID(), leaseMs: 30_000 };
const ALL = { limit: 1000, graceMs: 0, takeOverUntilMs: Infinity, except: "{}" };

/** Polls until the floor has passed all jobs of a second before this call. */
async function climb(floor: ReturnType<typeof createFloor>): Promise<number> {
  const { nowMs } = await createFloor("probe").find(connection);
  return waitFor("the floor to climb", async () => {
    const { floorMs } = await floor.find(connection);
    return floorMs > nowMs - 1000 && floorMs;
  });
}

/** The jobs that a poll finds from this floor. */
const poll = async (floor: ReturnType<typeof createFloor>) => {
  const { floorMs } = await floor.find(connection);
  return (await takeDue(taking, "probe", { ...ALL, floorMs })).map(({ id }) => id);
};

describe("the floor of a poll", () => {
  it("saves it from stepping over finished jobs while a snapshot is held", async () => {
    const text = await statementOfTakeDue();
    /** Pages that the poll reads. */
    const pages = async (floorMs: number) => {
      const values = [taking.workerId, 30, "probe", 0, floorMs / 1000, 0, "{}", 10];
      const [row] = await connection.run<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>({
        text: `explain (analyze, buffers, format json) ${text}`,
        values,
      });
      const { Plan } = row!["QUERY PLAN"][0];
      return Plan["Shared Hit Blocks"]! + Plan["Shared Read Blocks"]!;
    };
    await db.transaction(
      async (tx) => {
        await tx.raw("select count(*) from tx_jobs");
        await db.raw(`insert into tx_jobs (id, name, queue, payload, max_attempts, due_at)
          select gen_random_uuid(), 'probe', 'critical', '{}', 1, now() - interval '1 minute'
          from generate_series(1, 20000)`);
        await db("tx_jobs").update({ finished_at: db.fn.now(), outcome: "done" });
        await db.raw("analyze tx_jobs");
        const floor = await climb(createFloor("probe"));
        const fromFloor = await pages(floor);
        expect(fromFloor).toBeLessThan(30);
        expect(await pages(0)).toBeGreaterThan(10 * fromFloor);
      },
      { isolationLevel: "repeatable read" },
    );
  });

  it("stays below a job whose transaction began earlier and commits late", async () => {
    const floor = createFloor("probe");
    let id = "";
    await db.transaction(async (tx) => {
      ({ id } = await on.jobs.enqueue(fromKnex(tx), probe, { n: 1 }));
      const { floorMs: before } = await floor.find(connection);
      for (let pass = 0; pass < 20; pass++) {
        // Other transactions come and go, so the newest finished id is higher than this one's.
        await on.enqueue(2);
        await floor.find(connection);
      }
      await new Promise((resolve) => setTimeout(resolve, 1100)); // Longer than the margin.
      await on.enqueue(2);
      await floor.find(connection);
      expect((await floor.find(connection)).floorMs).toBe(before);
    });
    expect(await poll(floor)).toContain(id);
  });

  it("stays below the oldest unfinished job: leased, given back, delayed or failed", async () => {
    const [leased, later] = await on.fill(2, () => false);
    const floor = createFloor("probe");
    await takeDue(taking, "probe", { ...ALL, limit: 1, floorMs: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await on.fill(3, () => false);
    for (let pass = 0; pass < 6; pass++) await floor.find(connection);
    await db("tx_jobs")
      .update({ leased_until: new Date(0) })
      .where({ id: leased });
    expect(await poll(floor)).toEqual(expect.arrayContaining([leased, later]));
    await db("tx_jobs").update({ leased_by: null, leased_until: null });
    expect(await poll(floor)).toHaveLength(5);
    await db("tx_jobs").update({ finished_at: db.fn.now(), outcome: "failed", leased_until: null });
    await climb(floor);
    expect(await poll(floor)).toEqual([]);
    await retryJobs(connection, { ids: [leased!] });
    expect(await poll(floor)).toEqual([leased]);
  });

  it("is searched again on another server, or one that was reset", async () => {
    const floor = createFloor("probe");
    await climb(floor);
    const backwards = answering((row) => ({ ...row, xmax: "5", xmin: "5" }));
    await floor.find(connection);
    await floor.find(backwards);
    expect((await floor.find(backwards)).floorMs).toBe(0);
  });

  it("is searched again if PostgreSQL's clock was set back between two searches", async () => {
    const floor = createFloor("probe");
    await climb(floor);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // PostgreSQL's clock is ahead of the last look, so only the process's own clock reveals it.
    const slower = answering((row) => ({ ...row, at: row.at - 1200 }));
    expect((await floor.find(slower)).floorMs).toBe(0);
  });

  it("is searched again after a failed poll, unless the poll timed out", async () => {
    const floor = createFloor("probe");
    const floorMs = await climb(floor);
    floor.failed(Object.assign(new Error("canceling statement"), { code: "57014" }));
    expect((await floor.find(connection)).floorMs).toBeGreaterThanOrEqual(floorMs);
    floor.failed(new Error("Connection terminated"));
    expect((await floor.find(connection)).floorMs).toBe(0);
  });

  it("is searched from the start now and then, in case it is wrong", async () => {
    const floor = createFloor("probe");
    await climb(floor);
    const [id] = await on.fill(1, () => false);
    await db("tx_jobs").update({ due_at: new Date(0) }); // Only a manual change can do this.
    expect(await poll(floor)).toEqual([]);
    for (let pass = 0; pass < 900; pass++) await floor.find(connection);
    expect(await poll(floor)).toEqual([id]);
  });

  it("stays where it is if the search from the start takes too long", async () => {
    const canceled = Object.assign(new Error("canceling statement"), { code: "57014" });
    const slow: Connection = {
      ...connection,
      run: (statement) =>
        statement.name === "tx-jobs-oldest" && statement.values[1] === 0
          ? Promise.reject(canceled)
          : connection.run(statement),
    };
    const floor = createFloor("probe");
    let floorMs = await climb(floor);
    for (let pass = 0; pass < 900; pass++) {
      const found = await floor.find(slow);
      expect(found.floorMs).toBeGreaterThanOrEqual(floorMs);
      ({ floorMs } = found);
    }
  });
});

/** The database, with a faked clock and snapshot. */
function answering(change: (row: Snapshot) => Snapshot): Connection {
  return {
    ...connection,
    run: async (statement) => (await connection.run<Snapshot>(statement)).map(change) as never,
  };
}

async function statementOfTakeDue(): Promise<string> {
  let seen: Statement | undefined;
  const spy: Connection = { ...connection, run: async (statement) => ((seen = statement), []) };
  await takeDue({ ...taking, db: spy }, "probe", { ...ALL, floorMs: 0 });
  return seen!.text;
}
