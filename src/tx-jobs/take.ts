import { toArray, type Connection } from "./connection.ts";
import type { Message } from "./message.ts";

/** A job that this process has leased for one run. */
export interface TakenJob {
  id: string;
  name: string;
  queue: string;
  payload: unknown;
  /** Failed attempts. */
  attempts: number;
  maxAttempts: number;
  /** The number of this run: together with the process's id it identifies the run. */
  takes: number;
  /** Consecutive leases that expired. */
  lost: number;
  /** When its transaction began, in milliseconds since 1970. */
  createdAt: number;
  /** Whether the previous run's lease expired. */
  tookOver: boolean;
  /** When it was requested, on performance.now's clock. The lease starts then at the earliest. */
  askedAt: number;
}

export interface Taking {
  db: Connection;
  /** This process's id. */
  workerId: string;
  leaseMs: number;
}

const RETURNING = `returning j.id, j.name, j.queue, j.payload, j.attempts, j.max_attempts as "maxAttempts",
  j.takes, j.lost, extract(epoch from j.created_at)::float8 * 1000 as "createdAt",
  due.held as "tookOver"`;

/** After the fifth lost worker, each takeover waits half a minute longer. */
const LEASE_IS_OVER = `leased_until + greatest(0, lost - 4) * interval '30 s' < now()`;

const UPDATE = `update tx_jobs j
  set leased_by = $1::uuid, leased_until = now() + make_interval(secs => $2::float8),
      takes = takes + 1, lost = lost + due.held::int
  from due where j.id = due.id ${RETURNING}`;

export interface Due {
  /** Maximum number of jobs. */
  limit: number;
  /** Milliseconds that they must have been due. */
  graceMs: number;
  /** The earliest due time, in milliseconds since 1970. */
  floorMs: number;
  /** When to stop taking over expired leases: milliseconds since 1970, by PostgreSQL's clock. */
  takeOverUntilMs: number;
  /** Ids to leave out, as a PostgreSQL array literal. */
  except: string;
}

/** Takes the oldest due jobs of one name, each leased to this process. */
export async function takeDue(
  { db, workerId, leaseMs }: Taking,
  name: string,
  { limit, graceMs, floorMs, takeOverUntilMs, except }: Due,
): Promise<TakenJob[]> {
  const askedAt = performance.now();
  const rows = await db.run<TakenJob>({
    name: "tx-jobs-take-due",
    // Materialized, because the planner might otherwise update more rows than the limit.
    text: `with due as materialized (
        select id, leased_until is not null as held from tx_jobs
        where name = $3::text and finished_at is null
          and due_at < now() - make_interval(secs => $4::float8)
          and due_at >= to_timestamp($5::float8)
          and (leased_until is null or (now() < to_timestamp($6::float8) and ${LEASE_IS_OVER}))
          and id <> all ($7::uuid[])
        order by due_at limit $8::int for update skip locked
      ) ${UPDATE}`,
    values: [
      ...[workerId, leaseMs / 1000, name, graceMs / 1000],
      ...[floorMs / 1000, takeOverUntilMs / 1000, except, limit],
    ],
  });
  return rows.map((job) => ({ ...job, askedAt }));
}

/** The result of looking for one job. */
export type Look =
  | { found: "taken"; job: TakenJob }
  /** Not leased, and due in `inMs` milliseconds. */
  | { found: "early"; inMs: number }
  /** Due and not leased, but another transaction has locked the row, perhaps to take it. */
  | { found: "locked" }
  /** Its row exists, but is leased or finished. */
  | { found: "there" }
  /** No row. `status` is its transaction's state, or null if PostgreSQL cannot tell. */
  | { found: "nothing"; status: "in progress" | "committed" | "aborted" | null };

type Status = "in progress" | "committed" | "aborted" | null;
type Row = TakenJob & { there: boolean; status: Status; inMs: number | null };

/** The columns of a {@link Row}, if `xid` is the message's. */
const columnsOf = (xid: string) => `taken.*, j.id is not null as there,
  case when j.id is null then pg_xact_status(${xid}::xid8) end as status,
  case when j.finished_at is null and j.leased_until is null
       then extract(epoch from j.due_at - now())::float8 * 1000 end as "inMs"`;

/** A job that a message may take, except for its id. */
const IS_FREE = "finished_at is null and due_at <= now() and leased_until is null";

const TAKE_ONE = {
  name: "tx-jobs-take",
  text: `with due as materialized (
      select id, false as held from tx_jobs where id = $3::uuid and ${IS_FREE}
      for update skip locked
    ), taken as (${UPDATE})
    select ${columnsOf("$4::text")}
    from (select 1) one left join taken on true left join tx_jobs j on j.id = $3::uuid`,
};

// It has no name, so it is planned for its number of ids. A prepared plan could scan the whole table.
const TAKE_SEVERAL = {
  text: `with asked as materialized (
      select * from unnest($3::uuid[], $4::text[]) with ordinality asked (id, xid, nr)
    ), due as materialized (
      select free.id, false as held from asked cross join lateral (
        select id from tx_jobs where tx_jobs.id = asked.id and ${IS_FREE} for update skip locked
      ) free
    ), taken as (${UPDATE})
    select ${columnsOf("asked.xid")}
    from asked left join taken on taken.id = asked.id left join tx_jobs j on j.id = asked.id
    order by asked.nr`,
};

/**
 * Takes the jobs that messages name, if they are due and not leased. Expired leases are left to the
 * poll. The status is read after the row, so "committed" may mean just now.
 * @returns one result per message, in their order
 */
export async function lookFor(
  { db, workerId, leaseMs }: Taking,
  messages: readonly Message[],
): Promise<Look[]> {
  const askedAt = performance.now();
  const [statement, asked] =
    messages.length === 1
      ? [TAKE_ONE, [messages[0]!.id, messages[0]!.xid]]
      : [TAKE_SEVERAL, [messages.map(({ id }) => id), messages.map(({ xid }) => xid)].map(toArray)];
  const values = [workerId, leaseMs / 1000, ...asked];
  const rows = await db.run<Row>({ ...statement, values });
  const taken = new Set<string>();
  return rows.map(({ there, status, inMs, ...job }) => {
    // Of two messages that name the same job, the first one gets it.
    if (job.id && !taken.has(job.id)) {
      taken.add(job.id);
      return { found: "taken", job: { ...job, askedAt } };
    }
    if (!job.id && inMs !== null) {
      return inMs > 0 ? { found: "early", inMs } : { found: "locked" };
    }
    return there ? { found: "there" } : { found: "nothing", status };
  });
}
