import type { Connection } from "./connection.ts";

/** Milliseconds between a clock that is read and the id that the same transaction then gets, at most. */
const MARGIN = 1000;

/** Passes after which a poll begins at the very start once more, whatever the reasoning says. */
const START_ANEW = 30;

/** Where the poll of one name may begin. */
export interface Floor {
  /**
   * To be called before each pass. Times are in milliseconds since 1970, by PostgreSQL's clock.
   * @returns where the pass may begin, and what the clock says now
   */
  find(db: Connection): Promise<{ floorMs: number; nowMs: number }>;
  /** The server may be another one, or of another time: nothing that was found still holds. */
  forget(): void;
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
  const forget = () => {
    floor = 0;
    moment = undefined;
  };
  return {
    forget,
    async find(db) {
      if (++passes % START_ANEW === 0) floor = 0;
      const [row] = await db.run<{ at: number; xmin: string; xmax: string; xid: string | null }>({
        name: "tx-jobs-snapshot",
        text: `select extract(epoch from clock_timestamp())::float8 * 1000 as at,
                      pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax,
                      case when $1::boolean then pg_current_xact_id()::text end as xid
               from pg_current_snapshot() s`,
        values: [!moment],
      });
      const { at, xmin, xmax, xid } = row!;
      if (moment && (at < moment.at || BigInt(xmax) <= moment.xid)) forget(); // Another server's.
      if (moment && BigInt(xmin) > moment.xid) {
        const [oldest] = await db.run<{ at: number | null }>({
          name: "tx-jobs-oldest",
          text: `select extract(epoch from min(due_at))::float8 * 1000 as at from tx_jobs
                 where name = $1::text and finished_at is null and due_at >= to_timestamp($2::float8)`,
          values: [name, floor / 1000],
        });
        floor = Math.max(0, Math.min(oldest?.at ?? Infinity, moment.at) - MARGIN);
        moment = undefined;
      }
      if (xid) moment = { at, xid: BigInt(xid) };
      return { floorMs: floor, nowMs: at };
    },
  };
}
