import { describe, expect, it } from "vitest";
import { sqlState } from "../../tx-jobs/connection.ts";
import { createJobs, type Connection } from "../../tx-jobs/index.ts";
import { effect, onPurpose, type AdapterCase } from "./case.ts";
import { probe } from "../tx-jobs.ts";

/** The error with which something is refused, before anything is sent. */
export interface Refusal {
  name: string;
  code?: string;
}

/** A job must not be enqueued outside of a transaction: it would be committed by itself. */
export function describeRefusing<Tx>(
  { name, lib, on, next, jobsOf }: AdapterCase<Tx>,
  over: Refusal | null,
): void {
  const jobs = createJobs({ redis: on.producer, prefix: `${on.prefix}-refusing` });
  const refused = async (tx: Connection, refusal: Refusal) => {
    const n = next();
    await expect(jobs.enqueue(tx, probe, { n })).rejects.toMatchObject(refusal);
    expect(await jobsOf(n)).toEqual([]);
    expect(await on.consumer.keys(`${on.prefix}-refusing:*`)).toEqual([]);
  };

  describe(`enqueue by ${name}`, () => {
    it("refuses what is no transaction", async () => {
      await refused(lib.pool, { name: "NotInTransaction" });
      expect(lib.pool.transaction()).toBe("none");
    });

    it("takes a transaction that has failed for open, and PostgreSQL says that it failed", async () => {
      const failing = lib.transaction(async (tx) => {
        expect(lib.from(tx).transaction()).toBe("open");
        const dividing = lib.from(tx).run({ text: "select 1 / 0", values: [] });
        await dividing.catch(() => {});
        expect(lib.from(tx).transaction()).toBe("open");
        await jobs.enqueue(lib.from(tx), probe, { n: next() });
      });
      const error = await failing.catch((thrown: unknown) => thrown);
      expect(sqlState(error)).toMatch(/^(25P02|22012)$/);
    });

    if (over === null) return;
    it("refuses a transaction that is over", async () => {
      let committed!: Tx;
      let made!: Connection;
      await lib.transaction(async (tx) => {
        committed = tx;
        made = lib.from(tx);
      });
      await refused(lib.from(committed), over);
      await refused(made, over);
      let rolledBack!: Tx;
      const rollingBack = lib.transaction(async (tx) => {
        rolledBack = tx;
        throw onPurpose;
      });
      await expect(rollingBack).rejects.toThrow("on purpose");
      await refused(lib.from(rolledBack), over);
      await lib.transaction(async (tx) => {
        // Most likely on the very connection that the first one had.
        await lib.from(tx).run(effect(next()));
        await refused(made, over);
      });
    });
  });
}
