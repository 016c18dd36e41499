import { expect, it } from "vitest";
import { countJobs, listJobs, NonRetryable, pruneJobs, retryJobs } from "../../tx-jobs/index.ts";
import type { AdapterCase } from "./case.ts";

/** Rows, and how many a statement has changed, are the same whatever reads them. */
export function describeReading<Tx>(shared: AdapterCase<Tx>): void {
  const { name, lib, on, next, worker, enqueue } = shared;

  it(`the table is the same through ${name}`, async () => {
    await worker(async () => {
      throw new NonRetryable("no");
    });
    const id = await enqueue(next());
    await on.ended(id);
    const [listed] = await listJobs(lib.pool, { state: "failed" });
    expect(listed).toMatchObject({ id, attempts: 1, maxAttempts: 3, error: "no" });
    expect([listed]).toEqual(await listJobs(on.connection));
    expect(await countJobs(lib.pool)).toMatchObject([{ name: "probe", state: "failed", count: 1 }]);
    expect(await retryJobs(lib.pool, { name: "nobody's" })).toEqual([]);
    expect(await retryJobs(lib.pool, { ids: [id] })).toEqual([id]);
    await on.ended(id);
    expect(await pruneJobs(lib.pool, { doneMs: 0, failedMs: 0 })).toBe(1);
    expect(await pruneJobs(lib.pool, { doneMs: 0, failedMs: 0 })).toBe(0);
  });
}
