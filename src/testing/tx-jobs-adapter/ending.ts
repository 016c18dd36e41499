import { describe, expect, it } from "vitest";
import { waitFor } from "../../../scripts/services/wait-for.ts";
import { LeaseLost } from "../../tx-jobs/index.ts";
import { effect, onPurpose, type AdapterCase } from "./case.ts";

/** The doors by which a handler ends its job, through the library alone. */
export function describeEnding<Tx>(shared: AdapterCase<Tx>): void {
  const { name, lib, on, next, worker, enqueue, effectsOf } = shared;

  describe(`the end of a job by ${name}`, () => {
    it("is in a transaction of its handler: both or neither", async () => {
      const n = next();
      await worker(async (_, job) => {
        await lib.transaction(async (tx) => {
          await job.complete(lib.from(tx));
          await lib.from(tx).run(effect(n));
          if (job.attempt === 1) throw onPurpose;
        });
      });
      const id = await enqueue(n);
      expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 1, takes: 2 });
      expect(await effectsOf(n)).toEqual([n]);
    });

    it("is another attempt, if that transaction rolls back and nobody says so", async () => {
      await worker(async (_, job) => {
        const ending = lib.transaction(async (tx) => {
          await job.complete(lib.from(tx));
          if (job.attempt === 1) throw onPurpose;
        });
        await ending.catch(() => {});
      });
      const id = await enqueue(next());
      expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 1, takes: 2 });
    });

    it("cannot be committed, if another worker has taken the job over", async () => {
      const n = next();
      let error: unknown;
      const id = await enqueue(n);
      await worker(async (_, job) => {
        await on.db("tx_jobs").where({ id }).increment("takes", 1);
        const ending = lib.transaction(async (tx) => {
          await lib.from(tx).run(effect(n));
          await job.complete(lib.from(tx)).catch((thrown: unknown) => (error = thrown));
        });
        await ending.catch(() => {});
      });
      await waitFor("the run to notice", () =>
        on.events.some((event) => "id" in event && event.id === id && event.type !== "taken"),
      );
      expect(error).toBeInstanceOf(LeaseLost);
      expect(await effectsOf(n)).toEqual([]);
    });

    it("is not taken for lost, if the transaction has failed for another reason", async () => {
      await worker(async (_, job) => {
        if (job.attempt > 1) return;
        await lib.transaction(async (tx) => {
          const dividing = lib.from(tx).run({ text: "select 1 / 0", values: [] });
          await dividing.catch(() => {});
          await job.complete(lib.from(tx));
        });
      });
      const id = await enqueue(next());
      expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 1, takes: 2 });
    });

    it("is recorded with a statement of the handler's", async () => {
      const n = next();
      await worker((_, job) =>
        job.record({
          text: `insert into effects (n, by) select $1::int, $2::uuid
                 where '{"a": null}'::jsonb ? $3 and $4::text is null returning n`,
          values: [n, job.id, "a", null],
        }),
      );
      expect(await on.ended(await enqueue(n))).toMatchObject({ outcome: "done", attempts: 0 });
      expect(await effectsOf(n)).toEqual([n]);
    });

    it("costs no attempt after a serialization failure", async () => {
      let runs = 0;
      await worker(async () => {
        if (++runs > 1) return;
        await lib.transaction((tx) =>
          lib.from(tx).run({ text: `do $$ begin raise sqlstate '40001'; end $$`, values: [] }),
        );
      });
      const id = await enqueue(next());
      expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 2 });
    });
  });
}
