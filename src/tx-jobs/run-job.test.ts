import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { probe, raiseOn, testTxJobs, type Probe } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import {
  fromKnex,
  handle,
  Interrupted,
  NonRetryable,
  Unavailable,
  type Connection,
  type Handler,
  type Statement,
} from "./index.ts";

const on = await testTxJobs();
const { db, events } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await on.queue.obliterate({ force: true });
  await on.clear();
});

const told = (type: string) => events.filter((event) => event.type === type);

describe("a handler that throws", () => {
  it("is retried after its backoff, and fails for good after its attempts", async () => {
    const attempts: number[] = [];
    await on.worker(async (_, job) => {
      attempts.push(job.attempt);
      throw new Error(`no. ${job.attempt} of ${job.attempts}`);
    });
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({
      outcome: "failed",
      attempts: 3,
      error: "no. 3 of 3",
    });
    expect(attempts).toEqual([1, 2, 3]);
    await on.drained();
    expect([told("retrying").length, told("failed").length]).toEqual([2, 1]);
  });

  it("Interrupted is put back, without an attempt and not as unavailable", async () => {
    await on.worker(async (_, job) => {
      if (told("put back").length < 3) throw new Interrupted("the line broke");
      return job.attempt;
    });
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 4 });
    expect(told("put back").map((event) => "reason" in event && event.reason)).toEqual([
      "again",
      "again",
      "again",
    ]);
    expect(told("unavailable")).toEqual([]);
    await on.drained();
  });

  it("NonRetryable fails for good at once", async () => {
    await on.worker(() => Promise.reject(new NonRetryable("never")));
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({ outcome: "failed", attempts: 1, error: "never" });
    await on.drained();
  });

  it.each([
    ["nothing", undefined, "undefined"],
    ["a string", "why", "string"],
    ["U+0000", new Error("a\0b"), "ab"],
    ["half a surrogate pair", new Error("a\ud800"), "a\ufffd"],
    ["a very long message", new Error("x".repeat(10_000)), "x".repeat(500)],
  ])("%s fails as usual", async (_, thrown, error) => {
    await on.worker(async () => {
      throw thrown;
    });
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "failed", error });
    expect(told("record failed")).toEqual([]);
  });

  it("before its first await fails as usual", async () => {
    const handler = (() => {
      throw new Error("at once");
    }) as Handler<Probe>;
    await on.worker(handler);
    expect(await on.ended(await on.enqueue())).toMatchObject({ error: "at once", attempts: 3 });
  });

  it("an error that cannot be described fails as usual, and a failing log does not matter", async () => {
    const log = () => {
      throw new Error("the disk is full");
    };
    await on.worker(() => Promise.reject(new Error("no")), { describe: log, on: log });
    expect(await on.ended(await on.enqueue())).toMatchObject({
      outcome: "failed",
      error: "an error that could not be described",
    });
  });
});

describe("an outcome whose answer was lost is reported as it was recorded", () => {
  /** Runs the first statement of this name, then fails. */
  const losing = (name: string): Connection => {
    let isLost = false;
    return {
      ...on.connection,
      async run<Row extends object>(statement: Statement) {
        const rows = await on.connection.run<Row>(statement);
        if (isLost || statement.name !== name) return rows;
        isLost = true;
        throw new Error("the line broke");
      },
    };
  };
  const ENDS = ["record failed", "put back", "retrying", "failed", "done", "lease lost"];
  const ends = () => events.map(({ type }) => type).filter((type) => ENDS.includes(type));

  it.each([
    ["put back", "tx-jobs-put-back", new Unavailable("closed")],
    ["put back", "tx-jobs-put-back", new Interrupted("no line")],
    ["retrying", "tx-jobs-failed", new Error("no")],
    ["failed", "tx-jobs-failed", new NonRetryable("never")],
    ["done", "tx-jobs-done", undefined],
  ])("%s", async (type, statement, thrown) => {
    let runs = 0;
    const handler = async () => {
      if (runs++ === 0 && thrown) throw thrown;
    };
    const worker = await on.worker(handler, { db: losing(statement) });
    await on.ended(await on.enqueue());
    await worker.close();
    expect(ends()).toEqual(["record failed", type, "done"].slice(0, runs + 1));
  });
});

describe("a handler that never returns", () => {
  const limited = (handler: Handler<Probe>) => [handle(probe, handler, { timeLimitMs: 700 })];

  it("fails its attempt and frees its slot, and its late effects are refused", async () => {
    const late: string[] = [];
    let runs = 0;
    const handlers = limited(async ({ n }, job) => {
      // The other run has the same worker, so only its number differs.
      if (runs++ > 0) return waitFor("the late one to end", () => late.length > 0);
      await new Promise((resolve) => job.signal.addEventListener("abort", resolve));
      await waitFor("the other run", () => runs > 1);
      const completing = db.transaction(async (tx) => {
        await job.complete(fromKnex(tx));
        await tx("effects").insert({ n });
      });
      await completing.then(
        () => late.push("committed"),
        (error: Error) => late.push(error.name),
      );
      return new Promise(() => {});
    });
    await on.worker(async () => {}, { handlers, concurrency: { critical: 1 } });
    const id = await on.enqueue(1);
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 1, takes: 2 });
    expect(late).toEqual(["LeaseLost"]);
    expect(await on.effects()).toEqual([]);
    const [first] = told("retrying");
    expect(first).toMatchObject({ error: { message: "took longer than 700 ms" } });
  });

  it("after its record is done, and frees its slot", async () => {
    const handlers = limited(async ({ n }, job) => {
      await job.record({ text: "insert into effects (n) values ($1)", values: [n] });
      await new Promise(() => {});
    });
    await on.worker(async () => {}, { handlers, concurrency: { critical: 1 } });
    for (const n of [1, 2]) {
      expect(await on.ended(await on.enqueue(n))).toMatchObject({ outcome: "done", attempts: 0 });
    }
    expect(await on.effects()).toEqual([1, 2]);
    await waitFor("both to be told", () => told("done").length === 2);
  });

  it("does not block closing, but closing waits for its late record", async () => {
    let recording: Promise<unknown> | undefined;
    let mend = async () => {};
    const handlers = limited(async ({ n }, job) => {
      await waitFor("the end of the run", () => told("retrying").length > 0);
      if (recording) return;
      mend = await raiseOn(db, "effects", "42501", "insert");
      recording = job.record({ text: "insert into effects (n) values ($1)", values: [n] });
      await new Promise(() => {});
    });
    const worker = await on.worker(async () => {}, { handlers, pollMs: 60_000 });
    await on.enqueue(7);
    await waitFor("the record to fail", () => told("record failed").length > 1);
    expect(worker.health().unrecorded).toBe(1);
    const closing = worker.close();
    await mend();
    await closing;
    expect(await on.effects()).toEqual([7]);
    expect(worker.health().unrecorded).toBe(0);
  });
});

it("a handler's settings are checked as a definition's are", () => {
  expect(() => handle(probe, async () => {}, { timeLimitMs: 0 })).toThrow(RangeError);
  expect(() => handle(probe, async () => {}, { backoff: { firstMs: 0 } })).toThrow(RangeError);
  const { definition } = handle(probe, async () => {}, { backoff: { firstMs: 7 } });
  expect(definition).toMatchObject({ attempts: 3, backoff: { firstMs: 7, jitter: 0 } });
});
