import { beforeAll, expect, it } from "vitest";
import { ownPostgres } from "../../test/fixtures/own-postgres.ts";
import { probe, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { fromKnex } from "./index.ts";

/** Two installations that share one Redis and one prefix by mistake (F20). */
const one = await testTxJobs();
const { url: serverUrl } = await ownPostgres();
const other = await testTxJobs({ prefix: one.prefix, serverUrl });
beforeAll(() => Promise.all([one.ready(), other.ready()]));

it("F20 each of two installations on one Redis does all its own jobs within seconds", async () => {
  const COUNT = 40;
  const runs = [one, other].map((on) => ({ on, seen: [] as number[], late: [] as number[] }));
  const committed = new Map<number, number>();
  for (const { on, seen, late } of runs) {
    await on.worker(
      async ({ n }) => {
        seen.push(n);
        late.push(Date.now() - (committed.get(n) ?? Date.now())); // It may end before this test continues.
      },
      { pollMs: 2000 },
    );
  }
  // Transaction ids that the other database will assign, assigned long ago, or assigns now.
  for (const [index, { on }] of runs.entries()) {
    for (let i = 0; i < COUNT; i++) {
      const n = index * 1000 + i;
      await on.db.transaction((tx) => on.jobs.enqueue(fromKnex(tx), probe, { n }));
      committed.set(n, Date.now());
    }
  }
  await Promise.all(runs.map(({ on }) => on.allEnded()));
  for (const [index, { seen, late }] of runs.entries()) {
    expect(seen.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: COUNT }, (_, i) => index * 1000 + i),
    );
    expect(Math.max(...late)).toBeLessThan(15_000);
  }
  await one.drained();
});
