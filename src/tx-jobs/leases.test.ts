import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import type { Connection } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
const leaseMs = 1000;

beforeAll(() => on.ready());
beforeEach(() => on.clear());

/** Makes another worker's lease of this job expire. */
const leaseOut = (how: object) =>
  db("tx_jobs").update({ leased_by: randomUUID(), takes: db.raw("takes + 1"), ...how });
const ago = (seconds: number) => db.raw("now() - ? * interval '1 s'", [seconds]);

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe("a lease", () => {
  it("is renewed while the handler runs", async () => {
    const seen: boolean[] = [];
    for (let count = 0; count < 2; count++) {
      await on.worker(
        async (_, job) => {
          await sleep(3 * leaseMs);
          seen.push(job.signal.aborted);
        },
        { leaseMs, pollMs: 100 },
      );
    }
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", takes: 1 });
    expect(seen).toEqual([false]);
  });

  it("aborts the run without an outcome if another worker has taken it", async () => {
    const reasons: string[] = [];
    await on.worker(
      async (_, job) => {
        await leaseOut({ leased_until: ago(-60) });
        await waitFor("the signal", () => job.signal.aborted);
        reasons.push((job.signal.reason as Error).name);
      },
      { leaseMs },
    );
    const id = await on.enqueue();
    await waitFor("the run to end", () => on.events.some(({ type }) => type === "lease lost"));
    expect(reasons).toEqual(["LeaseLost"]);
    expect(await on.row(id)).toMatchObject({ outcome: null, takes: 2 });
  });

  it("aborts the run when it expires if it cannot be renewed, without using an attempt", async () => {
    const lasted: number[] = [];
    let isCut = true;
    const leasesDb: Connection = {
      run: (statement) => (isCut ? new Promise<never>(() => {}) : on.connection.run(statement)),
      transaction: () => "none",
    };
    await on.worker(
      async (_, job) => {
        if (lasted.length > 0) return;
        const began = performance.now();
        await new Promise((resolve) => job.signal.addEventListener("abort", resolve));
        lasted.push(performance.now() - began);
        isCut = false;
        job.signal.throwIfAborted();
      },
      { leaseMs, leasesDb },
    );
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 2, lost: 0 });
    expect(lasted[0]).toBeGreaterThan(leaseMs / 2);
    expect(lasted[0]).toBeLessThan(leaseMs * 10);
  });

  it("expires too if a lock on the row blocks its renewal", async () => {
    const seen: string[] = [];
    await on.worker(
      async (_, job) => {
        if (seen.length > 0) return;
        await db.transaction(async (tx) => {
          await tx("tx_jobs").forUpdate().select();
          await waitFor("the signal", () => job.signal.aborted);
        });
        seen.push((job.signal.reason as Error).message);
        job.signal.throwIfAborted();
      },
      { leaseMs },
    );
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", attempts: 0 });
    expect(seen[0]).toMatch(/ran out$/);
  });

  it("is reported as expired right after a freeze, before any timer runs", async () => {
    const seen: unknown[] = [];
    await on.worker(
      async (_, job) => {
        if (seen.length > 0) return;
        block(leaseMs + 200);
        seen.push(job.signal.aborted);
        expect(() => job.signal.throwIfAborted()).toThrow("ran out");
      },
      { leaseMs },
    );
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done" });
    expect(seen).toEqual([true]);
  });

  it("does not start its job if it expired before", async () => {
    const pool = on.connection;
    let freezes = 1;
    const seen: boolean[] = [];
    await on.worker(async (_, job) => void seen.push(job.signal.aborted), {
      leaseMs,
      db: {
        async run(statement) {
          const rows = await pool.run(statement);
          if (statement.name === "tx-jobs-take" && freezes-- > 0) block(leaseMs + 200);
          return rows as never;
        },
        transaction: () => "none",
      },
    });
    expect(await on.ended(await on.enqueue())).toMatchObject({
      outcome: "done",
      attempts: 0,
      takes: 2,
    });
    expect(seen).toEqual([false]);
  });
});

describe("a job that loses its worker", () => {
  it.each([
    [4, 2],
    [5, 31],
    [10, 181],
  ])("%i times is taken over %i s after its lease has expired", async (lost, seconds) => {
    await on.fill(1, () => false);
    await leaseOut({ lost, leased_until: ago(seconds - 15) });
    let polls = 0;
    const counting: Connection = {
      run(statement) {
        if (statement.name === "tx-jobs-take-due") polls++;
        return on.connection.run(statement);
      },
      transaction: () => "none",
    };
    await on.worker(async () => {}, { leaseMs: 300, pollMs: 100, db: counting });
    if (seconds > 15) {
      await waitFor("polls", () => polls > 8);
      expect(await db("tx_jobs").pluck("lost")).toEqual([lost]);
    }
    await db("tx_jobs")
      .where({ lost })
      .update({ leased_until: ago(seconds) });
    await on.allEnded();
  });

  it("twenty times in a row fails for good, without another run", async () => {
    let runs = 0;
    await on.fill(1, () => false);
    await leaseOut({ lost: 19, leased_until: ago(3600) });
    await on.worker(async () => void runs++, { leaseMs: 300, pollMs: 100 });
    await on.allEnded();
    expect(await db("tx_jobs").select("outcome", "lost", "error")).toEqual([
      { outcome: "failed", lost: 0, error: "lost its worker 20 times in a row" },
    ]);
    expect(runs).toBe(0);
  });

  it("is counted from zero again after an ordinary failure", async () => {
    await on.fill(1, () => false);
    await leaseOut({ lost: 3, leased_until: ago(3600) });
    let runs = 0;
    await on.worker(
      async () => {
        if (runs++ === 0) throw new Error("on purpose");
      },
      { leaseMs: 300, pollMs: 100 },
    );
    await on.allEnded();
    expect(await db("tx_jobs").pluck("lost")).toEqual([0]);
  });
});
