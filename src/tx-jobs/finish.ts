import { assertTransaction, sqlState, toArray, type Connection } from "./connection.ts";
import { LeaseLost } from "./errors.ts";
import type { TakenJob } from "./take.ts";

/** One run of one job. `workerId` and `takes` together are its fencing token. */
export interface Run {
  workerId: string;
  job: Pick<TakenJob, "id" | "name" | "takes">;
}

/**
 * Compares the token alone, never the time: an expired lease that no other worker took is still
 * ours.
 */
const TOKEN = (first: number) =>
  `id = $${first}::uuid and leased_by = $${first + 1}::uuid and takes = $${first + 2}::int
   and finished_at is null`;

const tokenOf = ({ workerId, job }: Run) => [job.id, workerId, job.takes];

const SET_DONE = `update tx_jobs set finished_at = now(), outcome = 'done', error = null,
  leased_by = null, leased_until = null, unavailable_at = null`;

/**
 * Marks jobs done, if these runs still hold them, and returns `id` and `takes` of each. A lone run gives
 * a text that is always the same, and so can be prepared.
 * @param runs of one worker, at least one
 * @param first the number of the first parameter
 */
export function done(runs: readonly Run[], first = 1): { text: string; values: unknown[] } {
  const [run] = runs;
  if (runs.length === 1) {
    return { text: `${SET_DONE} where ${TOKEN(first)} returning id, takes`, values: tokenOf(run!) };
  }
  return {
    text: `${SET_DONE} from unnest($${first}::uuid[], $${first + 1}::int[]) run (job, nr)
      where id = job and takes = nr and leased_by = $${first + 2}::uuid and finished_at is null
      returning id, takes`,
    values: [
      toArray(runs.map(({ job }) => job.id)),
      toArray(runs.map(({ job }) => job.takes)),
      run!.workerId,
    ],
  };
}

/**
 * Marks jobs done.
 * @param runs of one worker, at least one
 * @returns false for each run that no longer holds its job, in their order
 */
export async function markDone(db: Connection, runs: readonly Run[]): Promise<boolean[]> {
  const name = runs.length === 1 ? { name: "tx-jobs-done" } : {};
  const rows = await db.run<Pick<TakenJob, "id" | "takes">>({ ...done(runs), ...name });
  const ended = new Set(rows.map(({ id, takes }) => `${id} ${takes}`));
  return runs.map(({ job }) => ended.has(`${job.id} ${job.takes}`));
}

/**
 * How an attempt failed. `retryInMs` is the pause in milliseconds; undefined if it failed for good.
 */
export interface Failure {
  error: string;
  retryInMs: number | undefined;
}

/** Counts a failed attempt. Returns false if this run no longer holds the job. */
export async function markFailed(db: Connection, run: Run, failure: Failure): Promise<boolean> {
  const rows = await db.run({
    name: "tx-jobs-failed",
    text: `update tx_jobs
      set attempts = attempts + 1, lost = 0, error = left($4::text, 500),
          leased_by = null, leased_until = null, unavailable_at = null,
          due_at = case when $5::float8 is null then due_at
                        else now() + make_interval(secs => $5::float8) end,
          finished_at = case when $5::float8 is null then now() end,
          outcome = case when $5::float8 is null then 'failed' end
      where ${TOKEN(1)} returning id`,
    values: [
      ...tokenOf(run),
      failure.error,
      failure.retryInMs === undefined ? null : failure.retryInMs / 1000,
    ],
  });
  return rows.length > 0;
}

/**
 * Why a job is returned. `again`: a deadlock, or `Interrupted`. `closing`: it was never started.
 */
export type PutBack = "unavailable" | "again" | "closing";

/**
 * Returns the job to the table without counting an attempt.
 * @param delayMs milliseconds until it is due again; if left out, `due_at` stays
 * @returns false if this run no longer holds the job
 */
export async function putBack(
  db: Connection,
  run: Run,
  reason: PutBack,
  delayMs?: number,
): Promise<boolean> {
  const rows = await db.run({
    name: "tx-jobs-put-back",
    text: `update tx_jobs
      set leased_by = null, leased_until = null,
          lost = case when $4::text = 'closing' then lost else 0 end,
          unavailable_at = case when $4::text = 'unavailable' then now() else unavailable_at end,
          due_at = coalesce(clock_timestamp() + make_interval(secs => $5::float8), due_at)
      where ${TOKEN(1)} returning id`,
    values: [...tokenOf(run), reason, delayMs === undefined ? null : delayMs / 1000],
  });
  return rows.length > 0;
}

/** Whether this run has ended or returned the job, so that an earlier try must have succeeded. */
export async function hasEnded(db: Connection, { job }: Run): Promise<boolean> {
  const rows = await db.run({
    text: "select id from tx_jobs where id = $1::uuid and takes = $2::int and leased_by is null",
    values: [job.id, job.takes],
  });
  return rows.length > 0;
}

/** Part of PostgreSQL's error message when the statement of {@link complete} fails on purpose. */
const LOST = "tx_jobs lease lost";

/**
 * Marks the job done in the caller's transaction. If another run has taken the job, the statement
 * itself fails, so that a caller who swallows the error cannot commit.
 * @throws {LeaseLost} {NotInTransaction}, or the driver's error
 */
export async function complete(tx: Connection, run: Run): Promise<void> {
  assertTransaction(tx, run.job.name);
  const { text, values } = done([run]);
  try {
    await tx.run({
      // Unnamed: a lost prepared statement would abort the caller's transaction.
      text: `with done as (${text})
        select case when count(*) = 0 then ('${LOST} ' || count(*))::int end as ok from done`,
      values,
    });
  } catch (error) {
    // Checks the code too: some libraries put the statement itself into the message.
    const isLost = sqlState(error) === "22P02" && (error as Error).message.includes(LOST);
    if (!isLost) throw error;
    throw new LeaseLost(`${run.job.name} ${run.job.id} was taken over`, { cause: error });
  }
}
