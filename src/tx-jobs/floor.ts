import { sqlState, type Connection } from "./connection.ts";

/** Whether the statement timed out, which means that the server is still the same. */
const isCanceled = (error: unknown) => sqlState(error) === "57014";

/** Maximum milliseconds between reading the clock and getting an id in the same transaction. */
const MARGIN = 1000;

/**
 * Milliseconds that PostgreSQL's clock may fall back against ours before its state is discarded.
 */
const SETBACK = 500;

/** Every 900th pass (about half an hour) looks below the floor, in case the reasoning fails. */
const LOOK_BELOW = 900;

/** The due time at which the poll of one name may begin. */
export interface Floor {
  /**
   * Call it before each pass. Times are in milliseconds since 1970, by PostgreSQL's clock.
   * @returns where the pass may begin, and the current time
   */
  find(db: Connection): Promise<{ floorMs: number; nowMs: number }>;
  /** Call it when a pass has failed: the next answer may come from another server. */
  failed(error: unknown): void;
}

/**
 * Lets a poll skip index entries of finished jobs, which stay as long as any snapshot is held. A
 * job's `due_at` is read from the clock after its transaction has an id. Once all transactions that
 * had an id at some moment have ended, every job due before it is visible. The next poll may then
 * begin at the oldest unfinished one.
 */
export function createFloor(name: string): Floor {
  let floor = 0;
  let passes = 0;
  /** An id assigned at that moment: earlier ones are lower. A snapshot alone has no id. */
  let moment: { at: number; xid: bigint } | undefined;
  /** How far PostgreSQL's clock was ahead of ours at the last reading, at least. */
  let ahead = -Infinity;
  const forget = () => {
    floor = 0;
    moment = undefined;
    ahead = -Infinity;
  };
  const oldestSince = async (db: Connection, since: number) => {
    const [oldest] = await db.run<{ at: number | null }>({
      name: "tx-jobs-oldest",
      text: `select extract(epoch from min(due_at))::float8 * 1000 as at from tx_jobs
             where name = $1::text and finished_at is null and due_at >= to_timestamp($2::float8)`,
      values: [name, since / 1000],
    });
    return oldest?.at ?? Infinity;
  };
  /** Steps over all finished entries. If that times out, the reasoning alone must do. */
  const lookBelow = async (db: Connection) => {
    const oldest = await oldestSince(db, 0).catch((error: unknown) => {
      if (!isCanceled(error)) throw error;
      return Infinity;
    });
    floor = Math.max(0, Math.min(floor, oldest - MARGIN));
  };
  return {
    failed(error) {
      if (!isCanceled(error)) forget();
    },
    async find(db) {
      const askedAt = performance.now();
      const [row] = await db.run<{ at: number; xmin: string; xmax: string; xid: string | null }>({
        name: "tx-jobs-snapshot",
        text: `select extract(epoch from clock_timestamp())::float8 * 1000 as at,
                      pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax,
                      case when $1::boolean then pg_current_xact_id()::text end as xid
               from pg_current_snapshot() s`,
        values: [!moment],
      });
      const { at, xmin, xmax, xid } = row!;
      // Another server, or a clock that was set back: new jobs may be due before `moment`.
      if (at - askedAt < ahead - SETBACK || (moment && BigInt(xmax) <= moment.xid)) forget();
      ahead = at - performance.now();
      if (moment && BigInt(xmin) > moment.xid) {
        floor = Math.max(0, Math.min(await oldestSince(db, floor), moment.at) - MARGIN);
        moment = undefined;
      }
      if (++passes % LOOK_BELOW === 0) await lookBelow(db);
      if (xid) moment = { at, xid: BigInt(xid) };
      return { floorMs: floor, nowMs: at };
    },
  };
}
