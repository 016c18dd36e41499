import { describe, expect, it } from "vitest";
import { waitFor } from "../../../scripts/services/wait-for.ts";
import { effect, onPurpose, type AdapterCase } from "./case.ts";
import { probe } from "../tx-jobs.ts";

/** A job lives and dies with the transaction that enqueued it, whatever Redis does. */
export function describeEnqueuing<Tx>(shared: AdapterCase<Tx>): void {
  const { name, lib, redis, on, seen, next, worker, enqueue, jobsOf, effectsOf } = shared;
  const { jobs, queue } = on;
  const allConsumed = () =>
    waitFor("all messages to go", async () => (await queue.getJobCountByTypes()) === 0);

  describe(`a job by ${name}`, () => {
    it("runs once, if the transaction commits", async () => {
      const n = next();
      await worker();
      const id = await lib.transaction(async (tx) => {
        await lib.from(tx).run(effect(n));
        return (await jobs.enqueue(lib.from(tx), probe, { n })).id;
      });
      expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 1 });
      await allConsumed();
      expect(seen).toEqual([n]);
      expect(await effectsOf(n)).toEqual([n]);
    });

    it("never runs, if the transaction rolls back", async () => {
      const n = next();
      await worker();
      const rolledBack = lib.transaction(async (tx) => {
        await jobs.enqueue(lib.from(tx), probe, { n });
        throw onPurpose;
      });
      await expect(rolledBack).rejects.toThrow("on purpose");
      await on.ended(await enqueue(next()));
      await allConsumed();
      expect(await jobsOf(n)).toEqual([]);
      expect(seen).not.toContain(n);
    });

    it("waits for the commit, if the worker comes first", async () => {
      const n = next();
      await worker();
      const id = await lib.transaction(async (tx) => {
        const job = await jobs.enqueue(lib.from(tx), probe, { n });
        await waitFor("a worker to look", async () => (await queue.getWaitingCount()) === 0);
        expect(seen).not.toContain(n);
        return job.id;
      });
      expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 1 });
      expect(seen).toContain(n);
    });

    it("never runs, if a savepoint is rolled back under a transaction that commits", async () => {
      const n = next();
      await worker();
      const id = await lib.transaction(async (tx) => {
        const savepoint = lib.savepoint(tx, async (inner) => {
          await jobs.enqueue(lib.from(inner), probe, { n });
          throw onPurpose;
        });
        await expect(savepoint).rejects.toThrow("on purpose");
        return (await jobs.enqueue(lib.from(tx), probe, { n: next() })).id;
      });
      await on.ended(id);
      await allConsumed();
      expect(await jobsOf(n)).toEqual([]);
      expect(seen).not.toContain(n);
    });

    it("runs, if Redis forgets everything between the commit and the run", async () => {
      const n = next();
      const id = await enqueue(n);
      await on.consumer.flushall();
      await worker();
      expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 1 });
      expect(seen).toContain(n);
    });

    it.each(["has stopped", "hangs"])("rolls back with all else, if Redis %s", async (how) => {
      const n = next();
      const { program } = await redis.start();
      try {
        const refused = lib.transaction(async (tx) => {
          await lib.from(tx).run(effect(n));
          if (how === "hangs") program.signal("SIGSTOP");
          else await program.stop();
          await jobs.enqueue(lib.from(tx), probe, { n });
        });
        await expect(refused).rejects.toMatchObject({ name: "EnqueueError" });
      } finally {
        program.signal("SIGCONT");
        await redis.start();
      }
      expect(await effectsOf(n)).toEqual([]);
      expect(await jobsOf(n)).toEqual([]);
    });

    it("is the same job under the same id", async () => {
      const n = next();
      const id = await enqueue(n);
      const again = lib.transaction((tx) => jobs.enqueue(lib.from(tx), probe, { n }, { id }));
      expect(await again).toEqual({ id, isNew: false });
    });
  });
}
