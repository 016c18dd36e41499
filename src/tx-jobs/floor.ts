import { sqlState, type Connection } from "./connection.ts";

/** Whether a statement's time was up: the server that says so is the same as before. */
const isCanceled = (error: unknown) => sqlState(error) === "57014";

/** Milliseconds between a clock that is read and the id that the same transaction then gets, at most. */
const MARGIN = 1000;

/** Milliseconds between two looks at PostgreSQL's clock by which it may fall behind the process's own. */
const SETBACK = 500;

/** Passes after which a poll looks below its floor once more, whatever the reasoning says: half an hour. */
const LOOK_BELOW = 900;

/** Where the poll of one name may begin. */
export interface Floor {
  /**
   * To be called before each pass. Times are in milliseconds since 1970, by PostgreSQL's clock.
   * @returns where the pass may begin, and what the clock says now
   */
  find(db: Connection): Promise<{ floorMs: number; nowMs: number }>;
  /** To be called when a pass has failed: the server may be another one, of which nothing is known. */
  failed(error: unknown): void;
}

/**
 * Keeps a poll from stepping over the index entries of finished jobs, which stay for as long as any
 * snapshot is held. A job becomes due by the clock as it is inserted, by a transaction that has an id.
 * So once every transaction that had one at a moment has ended, each job that was due before that
 * moment is to be seen, and the oldest unfinished one is where the next poll may begin.
 */
export function createFloor(name: string): Floor {
  let floor = 0;
  let passes = 0;
  /** An id that was given at that moment: all that had one have a lower one. A snapshot tells none. */
  let moment: { at: number; xid: bigint } | undefined;
  /** What PostgreSQL's clock was ahead of the process's, at least, as it was last read. */
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
  /** It steps over all that has finished. If that takes too long, the reasoning has to do. */
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
      // Another server's, or a clock that was set back: who inserts now may be due before `moment`.
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
