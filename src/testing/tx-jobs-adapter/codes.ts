import { describe, expect, it } from "vitest";
import { sqlState } from "../../tx-jobs/connection.ts";
import { effect, type AdapterCase } from "./case.ts";

/** PostgreSQL asks for the same again by a code, which the library may have wrapped. */
export function describeCodes<Tx>({ name, lib, next }: AdapterCase<Tx>): void {
  describe(`PostgreSQL's code through ${name}`, () => {
    it("of a deadlock", async () => {
      const [a, b] = [next(), next()];
      await lib.pool.run(effect(a));
      await lib.pool.run(effect(b));
      const bothHaveOne = meeting();
      const lockBoth = (first: number, second: number) =>
        lib.transaction(async (tx) => {
          const lock = (n: number) =>
            lib.from(tx).run({ text: "select from effects where n = $1 for update", values: [n] });
          await lib.from(tx).run({ text: "set local deadlock_timeout = '100ms'", values: [] });
          await lock(first);
          await bothHaveOne();
          await lock(second);
        });
      expect(await codesOf([lockBoth(a, b), lockBoth(b, a)])).toEqual(["40P01"]);
    });

    it("of a serialization failure at the commit", async () => {
      const n = next();
      const [bothHaveRead, bothHaveWritten] = [meeting(), meeting()];
      const skew = () =>
        lib.transaction(async (tx) => {
          const on = lib.from(tx);
          await on.run({ text: "set transaction isolation level serializable", values: [] });
          await on.run({ text: "select count(*)::int from effects where n = $1", values: [n] });
          await bothHaveRead();
          await on.run(effect(n));
          await bothHaveWritten();
        });
      expect(await codesOf([skew(), skew()])).toEqual(["40001"]);
    });
  });
}

/** The codes of those that fail. */
async function codesOf(all: Promise<unknown>[]): Promise<(string | undefined)[]> {
  const ends = await Promise.allSettled(all);
  return ends.flatMap((end) => (end.status === "rejected" ? [sqlState(end.reason)] : []));
}

/** Two wait for each other there. */
function meeting(): () => Promise<void> {
  let count = 0;
  let open: () => void;
  const met = new Promise<void>((resolve) => (open = resolve));
  return () => {
    if (++count === 2) open();
    return met;
  };
}
