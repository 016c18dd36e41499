import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { defineJob, fromKnex, handle } from "./index.ts";

const on = await testTxJobs();
const { db, events } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await on.queue.obliterate({ force: true });
  await on.clear();
});

const told = (type: string) => events.filter((event) => event.type === type);

describe("versions of workers and jobs", () => {
  it("an unreadable payload is an ordinary failed attempt, with backoff", async () => {
    const newer = defineJob({ ...probe, payload: z.object({ m: z.string() }) });
    let runs = 0;
    await on.worker(async () => void runs++);
    const { id } = await db.transaction((tx) =>
      on.jobs.enqueue(fromKnex(tx), newer, { m: "what?" }),
    );
    await waitFor("an attempt", () => told("retrying").length > 0);
    expect(await on.row(id)).toMatchObject({ outcome: null, attempts: 1 });
    await db("tx_jobs").update({ payload: JSON.stringify({ n: 1 }) });
    expect(await on.ended(id)).toMatchObject({ outcome: "done" });
    expect(runs).toBe(1);
  });

  it("a worker leaves a job with an unknown name to another worker", async () => {
    const newer = defineJob({ ...probe, name: "newer" });
    const old = await on.worker(async () => {});
    await old.ready();
    const ids = await Promise.all(
      [1, 2, 3].map((n) =>
        db.transaction(async (tx) => (await on.jobs.enqueue(fromKnex(tx), newer, { n })).id),
      ),
    );
    await waitFor("it to be told", () => told("unhandled").length > 0);
    await on.drained();
    await on.ended(await on.enqueue()); // Several polls have passed.
    for (const id of ids) {
      expect(await on.row(id)).toMatchObject({ takes: 0, attempts: 0, outcome: null });
    }
    expect(told("unhandled")).toEqual([{ type: "unhandled", job: "newer", queue: "critical" }]);
    const began = Date.now();
    await on.worker(async () => {}, { handlers: [handle(newer, async () => {})], pollMs: 2000 });
    await on.allEnded();
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  it("a message with a wrong name runs the job by the name in its row", async () => {
    const seen: number[] = [];
    await on.worker(async ({ n }) => void seen.push(n), {
      handlers: [
        handle(probe, async ({ n }) => void seen.push(n)),
        handle(defineJob({ ...probe, name: "wrong" }), async () => void seen.push(-1)),
      ],
    });
    await on.fill(1, () => false);
    const [id] = await db("tx_jobs").pluck<string[]>("id");
    await on.queue.add("wrong", `${id!.replaceAll("-", "")}:1`, { attempts: 1 });
    await on.allEnded();
    expect(seen).toEqual([1]);
  });
});
