import { toArray, type Connection } from "./connection.ts";

/**
 * Where a job stands: `waiting` for its turn or its time, `running`, waiting for another attempt
 * (`retrying`), `done`, or `failed` for good.
 */
export type JobState = "waiting" | "running" | "retrying" | "done" | "failed";

export interface JobRecord {
  id: string;
  name: string;
  queue: string;
  state: JobState;
  /** Attempts that have failed, and how many there are at most. */
  attempts: number;
  maxAttempts: number;
  error: string | null;
  createdAt: Date;
  /** When it is, or was, to be tried next. */
  dueAt: Date;
  finishedAt: Date | null;
}

/** How a job's state is read off its row; for statements of your own that join `tx_jobs j`. */
export const JOB_STATE = `case
    when j.finished_at is not null then j.outcome
    when j.leased_until > now() then 'running'
    when j.attempts > 0 then 'retrying'
    else 'waiting' end`;

export interface JobFilter {
  state?: JobState;
  name?: string;
  ids?: string[];
  /** 100 by default. */
  limit?: number;
}

/** Kinds of jobs that an index has in order; `$1` is the state that is asked for, or null. */
const UNFINISHED = {
  where: `j.finished_at is null and (${JOB_STATE} = $1::text or $1::text is null)`,
  order: "j.due_at",
};
const ended = (outcome: "done" | "failed") => ({
  where: `j.finished_at is not null and j.outcome = coalesce($1::text, '${outcome}')`,
  order: "j.finished_at desc",
});

/**
 * Reads jobs: those that are not finished first, the one that is due first at the head, then the
 * finished ones, the newest first. Works without Redis.
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

/** How many jobs there are of one queue and state. */
export interface JobCount {
  queue: string;
  name: string;
  state: Exclude<JobState, "done">;
  count: number;
  /** Seconds that the oldest has waited: since it was enqueued or, not tried yet, became due; from 0. */
  oldestSeconds: number;
}

/** Counts the jobs that are not done. Its cost goes by their number, up to `limit` (100,000). */
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

/** Milliseconds for which a finding that something is unavailable speaks of the present. */
const FRESH = 30_000;

/** Of so many of the oldest unfinished jobs of a name it is asked whether one was turned away. */
const OLDEST = 50;

/**
 * Whether what is behind the jobs of this name was found unavailable a moment ago: its oldest due jobs
 * are what workers probe with. For pages that tell people why they wait.
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
