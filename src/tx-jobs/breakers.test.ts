import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { probe, raiseOn, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { defineJob, fromKnex, handle, isUnavailable, Unavailable } from "./index.ts";

const on = await testTxJobs();
const { db, events } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await db("tx_jobs").delete();
  await on.queue.obliterate({ force: true });
  events.length = 0;
});

const told = (type: string) => events.filter((event) => event.type === type);

describe("while a dependency of a job is unavailable", () => {
  it("a worker probes with one job and counts no attempts, then all run, oldest first", async () => {
    const COUNT = 1000;
    let isDown = true;
    const probes: number[][] = [[], []];
    const starts: number[] = [];
    for (const mine of probes) {
      await on.worker(
        async ({ n }) => {
          if (!isDown) return void starts.push(n);
          if (mine.length > 0) mine.push(performance.now());
          throw new Unavailable("on purpose");
        },
        {
          concurrency: { critical: 5 },
          on({ type }) {
            if (type === "unavailable") mine.push(performance.now());
          },
        },
      );
    }
    await on.fill(COUNT);
    await waitFor("both workers to notice", () => probes.every((mine) => mine.length > 0));
    await on.drained();
    await waitFor("it to be known", () => isUnavailable(on.connection, "probe"));
    await waitFor("probes", () => probes.every((mine) => mine.length > 3));
    // There was always a job to probe with, although its message had been dropped.
    expect(told("available")).toEqual([]);
    isDown = false;
    for (const mine of probes) {
      const [first, second, third] = mine.slice(1).map((at, index) => at - mine[index]!);
      expect(first).toBeGreaterThanOrEqual(800);
      expect(second).toBeGreaterThanOrEqual(1600);
      expect(third).toBeGreaterThanOrEqual(3200);
    }
    await on.allEnded();
    expect(await db("tx_jobs").max("attempts")).toEqual([{ max: 0 }]);
    expect(starts).toHaveLength(COUNT);
    // Two probes and eight more slots always take the oldest.
    starts.forEach((n, index) => expect(Math.abs(n - index)).toBeLessThan(40));
    expect(await isUnavailable(on.connection, "probe")).toBe(false);
  });

  it("other names go on, and their failures count", async () => {
    const other = defineJob({ ...probe, name: "other" });
    let runs = 0;
    const worker = await on.worker(async () => {}, {
      handlers: [
        handle(probe, () => Promise.reject(new Unavailable("on purpose"))),
        handle(other, async () => {
          if (runs++ === 0) throw new Error("on purpose");
        }),
      ],
    });
    await on.enqueue();
    await waitFor("it to break", () => told("unavailable").length > 0);
    expect(worker.health().unavailable).toEqual(["probe"]);
    const { id } = await db.transaction((tx) => on.jobs.enqueue(fromKnex(tx), other, { n: 1 }));
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 1 });
  });

  it("a run that began before proves nothing, nor does an unreadable job", async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    let isDown = true;
    const worker = await on.worker(async ({ n }) => {
      if (n === 1) await held;
      else if (isDown) throw new Unavailable("on purpose");
    });
    const id = await on.enqueue(1);
    await waitFor("it to begin", () => told("taken").length > 0);
    await on.enqueue(2);
    await waitFor("it to break", () => told("unavailable").length > 0);
    go();
    await on.ended(id);
    expect(worker.health().unavailable).toEqual(["probe"]);
    const [unreadable] = await on.fill(1, () => false);
    await db("tx_jobs")
      .where({ id: unreadable })
      .update({ payload: "{}", due_at: new Date(0) });
    await waitFor("it to be tried", async () => (await on.row(unreadable!))!.attempts > 0);
    expect(worker.health().unavailable).toEqual(["probe"]);
    expect(told("available")).toEqual([]);
    isDown = false;
    await on.allEnded();
    expect(told("available").length).toBe(1);
  });

  it("a probe that fails with another error counts as an answer", async () => {
    let runs = 0;
    const worker = await on.worker(async () => {
      if (runs++ === 0) throw new Unavailable("on purpose");
      throw new Error("on purpose");
    });
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({ outcome: "failed", attempts: 3 });
    expect(worker.health().unavailable).toEqual([]);
  });

  it("the poll and a message never probe at once", async () => {
    let [now, most] = [0, 0];
    let isHeld = false;
    /** Meanwhile a job comes by its message. */
    const meanwhile = async () => {
      isHeld = false;
      on.events.length = 0;
      await on.enqueue();
      await waitFor(
        "its message",
        () => now > 0 || on.events.some(({ type }) => type === "dropped"),
      );
    };
    await on.worker(
      async () => {
        most = Math.max(most, ++now);
        await sleep(100);
        now--;
        throw new Unavailable("on purpose");
      },
      {
        db: {
          async run(statement) {
            if (isHeld && statement.name === "tx-jobs-take-due") await meanwhile();
            return on.connection.run(statement);
          },
          transaction: () => "none",
        },
      },
    );
    await on.enqueue();
    await waitFor("it to break", () => told("unavailable").length > 0);
    await db("tx_jobs").delete();
    await waitFor("nothing to be left", () => told("available").length > 0);
    isHeld = true;
    await on.fill(1, () => false);
    await waitFor("a probe", () => !isHeld && told("unavailable").length > 0);
    await waitFor("it to end", () => now === 0);
    expect(most).toBe(1);
  });

  it("only the next job is the probe if no job was left", async () => {
    let isDown = true;
    let tries = 0;
    const worker = await on.worker(async () => {
      tries++;
      await sleep(50);
      if (isDown) throw new Unavailable("on purpose");
    });
    await on.enqueue();
    await waitFor("it to break", () => told("unavailable").length > 0);
    await db("tx_jobs").delete();
    await waitFor("nothing to be left", () => told("available").length > 0);
    expect(worker.health().unavailable).toEqual([]);
    tries = 0;
    await on.fill(30);
    await waitFor("the probe to fail", () => told("unavailable").length > 1);
    await on.drained();
    expect(tries).toBe(1);
    isDown = false;
    await on.allEnded();
  });
});

describe("a deadlock or a serialization failure", () => {
  it.each(["40001", "40P01"])("(%s) uses no attempt", async (state) => {
    const mend = await raiseOn(db, "effects", state, "insert");
    let runs = 0;
    await on.worker(async ({ n }) => {
      if (++runs === 3) await mend();
      await db("effects").insert({ n });
    });
    const id = await on.enqueue(Number(state.replace("P", "0")));
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 3 });
  });

  it("is retried less and less often if it repeats", async () => {
    const at: number[] = [];
    const job = defineJob({ ...probe, attempts: 100 }); // Its message returns as often.
    const deadlocked = handle(job, async () => {
      at.push(performance.now());
      throw Object.assign(new Error("on purpose"), { code: "40001" });
    });
    await on.worker(async () => {}, { handlers: [deadlocked], pollMs: 60_000 });
    await db.transaction((tx) => on.jobs.enqueue(fromKnex(tx), job, { n: 1 }));
    await waitFor("six tries", () => at.length > 5);
    expect(at[5]! - at[4]!).toBeGreaterThan(300);
    expect(await db("tx_jobs").pluck("attempts")).toEqual([0]);
  });
});
