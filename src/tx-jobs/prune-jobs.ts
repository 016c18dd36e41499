import type { Connection } from "./connection.ts";

/** Rows per statement, so that none holds its locks for long. */
const BATCH = 1000;

/**
 * Deletes finished jobs. Their ids can be used again, so keep them for longer than any old copy of
 * Redis or of a request may reappear.
 * @param keep milliseconds that done and failed jobs are kept
 * @param signal stops early; the next call deletes the rest
 * @returns the number of deleted rows
 */
export async function pruneJobs(
  db: Connection,
  keep: { doneMs: number; failedMs: number },
  signal?: AbortSignal,
): Promise<number> {
  let total = 0;
  for (const [outcome, ms] of [
    ["done", keep.doneMs],
    ["failed", keep.failedMs],
  ] as const) {
    for (let count = BATCH; count === BATCH; total += count) {
      if (signal?.aborted) return total;
      const rows = await db.run({
        text: `delete from tx_jobs where id in (
            select id from tx_jobs
            where outcome = $1::text and finished_at is not null
              and finished_at < now() - make_interval(secs => $2::float8)
            order by finished_at limit $3::int for update skip locked
          ) returning id`,
        values: [outcome, ms / 1000, BATCH],
      });
      count = rows.length;
    }
  }
  return total;
}
