import { toArray, type Connection } from "./connection.ts";

/**
 * The state of a job: `waiting` for its turn or its time, `running`, waiting for another attempt
 * (`retrying`), `done`, or `failed` for good.
 */
export type JobState = "waiting" | "running" | "retrying" | "done" | "failed";

/** One job as read from the table. */
export interface JobRecord {
  id: string;
  name: string;
  queue: string;
  state: JobState;
  /** Failed attempts, and the maximum. */
  attempts: number;
  maxAttempts: number;
  error: string | null;
  createdAt: Date;
  /** When the next attempt is or was due. */
  dueAt: Date;
  finishedAt: Date | null;
}

/**
 * SQL that derives a job's state from its row, for statements of your own that join `tx_jobs j`.
 */
export const JOB_STATE = `case
    when j.finished_at is not null then j.outcome
    when j.leased_until > now() then 'running'
    when j.attempts > 0 then 'retrying'
    else 'waiting' end`;

/** Conditions that all must hold; those left out match every job. */
export interface JobFilter {
  state?: JobState;
  name?: string;
  ids?: string[];
  /** 100 by default. */
  limit?: number;
}

/** Each kind has an index in this order. `$1` is the state to filter by, or null. */
const UNFINISHED = {
  where: `j.finished_at is null and (${JOB_STATE} = $1::text or $1::text is null)`,
  order: "j.due_at",
};
const ended = (outcome: "done" | "failed") => ({
  where: `j.finished_at is not null and j.outcome = coalesce($1::text, '${outcome}')`,
  order: "j.finished_at desc",
});

/**
 * Reads jobs: unfinished ones first, by due time, then finished ones, newest first. Works without
 * Redis. @throws the driver's error
 */
export async function listJobs(db: Connection, filter: JobFilter = {}): Promise<JobRecord[]> {
  const { state, name, ids, limit = 100 } = filter;
  const kinds = state === "done" || state === "failed" ? [ended(state)] : [UNFINISHED];
  if (!state) kinds.push(ended("done"), ended("failed"));
  const parts = kinds.map(
    ({ where, order }) => `(select * from tx_jobs j
      where ${where}
        and (j.name = $2::text or $2::text is null)
        and (j.id = any ($3::uuid[]) or $3::uuid[] is null)
      order by ${order} limit $4::int)`,
  );
  type Row = Omit<JobRecord, "createdAt" | "dueAt" | "finishedAt"> &
    Record<"createdAt" | "dueAt" | "finishedAt", number | null>;
  const rows = await db.run<Row>({
    text: `select j.id, j.name, j.queue, ${JOB_STATE} as state, j.attempts,
        j.max_attempts as "maxAttempts", j.error,
        extract(epoch from j.created_at)::float8 * 1000 as "createdAt",
        extract(epoch from j.due_at)::float8 * 1000 as "dueAt",
        extract(epoch from j.finished_at)::float8 * 1000 as "finishedAt"
      from (${parts.join(" union all ")}) j
      order by j.finished_at desc nulls first, j.due_at limit $4::int`,
    values: [state ?? null, name ?? null, ids ? toArray(ids) : null, limit],
  });
  return rows.map(({ createdAt, dueAt, finishedAt, ...row }) => ({
    ...row,
    createdAt: date(createdAt)!,
    dueAt: date(dueAt)!,
    finishedAt: date(finishedAt),
  }));
}

function date(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** The number of jobs per queue, name and state. */
export interface JobCount {
  queue: string;
  name: string;
  state: Exclude<JobState, "done">;
  count: number;
  /**
   * Age of the oldest in seconds, from 0: since it became due or, if tried before, since its
   * creation.
   */
  oldestSeconds: number;
}

/** Counts the jobs that are not done. Cost grows with their number, up to `limit` of each kind. */
export async function countJobs(db: Connection, limit = 100_000): Promise<JobCount[]> {
  return db.run<JobCount & Record<string, unknown>>({
    text: `with unfinished_or_failed as (
        (select * from tx_jobs where finished_at is null limit $1::int)
        union all
        (select * from tx_jobs where outcome = 'failed' and finished_at is not null limit $1::int)
      )
      select j.queue, j.name, ${JOB_STATE} as state, count(*)::int as count,
             greatest(0, extract(epoch from now() - min(
               case when j.attempts = 0 then j.due_at else j.created_at end
             )))::float8 as "oldestSeconds"
      from unfinished_or_failed j group by 1, 2, 3`,
    values: [limit],
  });
}

/** Milliseconds for which the finding "unavailable" counts as current. */
const FRESH = 30_000;

/** How many of the oldest unfinished jobs are checked. */
const OLDEST = 50;

/**
 * Whether workers recently found a service behind this job unavailable, for pages that explain a
 * delay. Workers probe with the oldest due jobs, so it reads those rows.
 */
export async function isUnavailable(db: Connection, name: string): Promise<boolean> {
  const [row] = await db.run<{ unavailable: boolean }>({
    text: `select ${UNAVAILABLE("$1::text")} as unavailable`,
    values: [name],
  });
  return row?.unavailable ?? false;
}

/** {@link isUnavailable} as an SQL expression. @param name an SQL expression for the job's name */
export const UNAVAILABLE = (name: string) => `coalesce((
    select max(o.unavailable_at) > now() - interval '${FRESH} milliseconds' from (
      select unavailable_at from tx_jobs
      where name = ${name} and finished_at is null order by due_at limit ${OLDEST}
    ) o), false)`;
