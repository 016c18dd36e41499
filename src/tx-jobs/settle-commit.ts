import { setTimeout as sleep } from "node:timers/promises";
import { sqlState, type Connection } from "./connection.ts";

/** Milliseconds that an answer which got lost is looked for, at most. */
const PATIENCE = 500;

/** By what a transaction is known from outside. */
export interface Witness {
  /** Its `pg_current_xact_id()::text`. */
  xid: string;
  /** Looks for a row that it has inserted, on another connection. */
  find: (db: Connection) => Promise<object | undefined>;
}

/**
 * Finds out how a transaction ended whose COMMIT got no answer: by its row, and by PostgreSQL's commit
 * log. The log alone would not do: after a failover the same id may be another transaction's.
 * @returns within half a second; `unknown` if PostgreSQL does not answer or cannot tell
 */
export async function settleCommit(
  db: Connection,
  { xid, find }: Witness,
): Promise<"committed" | "rolled back" | "unknown"> {
  const deadline = performance.now() + PATIENCE;
  const look = async () => {
    for (; performance.now() < deadline; await sleep(20)) {
      try {
        if (await find(db)) return "committed";
        const status = await transactionStatus(db, xid);
        if (status === "aborted") return "rolled back";
        // The commit may have fallen between the two questions.
        if (status === "committed") return (await find(db)) ? "committed" : "unknown";
        if (status === null) return "unknown";
      } catch {
        // It does not answer; the next look may find it back.
      }
    }
    return "unknown";
  };
  return Promise.race([look(), sleep(PATIENCE, "unknown" as const)]);
}

/**
 * Asks PostgreSQL's commit log; any connection may ask
 * (https://www.postgresql.org/docs/current/functions-info.html, pg_xact_status).
 * @returns null if it is too long ago, or, after a restore, not yet
 */
async function transactionStatus(
  db: Connection,
  xid: string,
): Promise<"committed" | "aborted" | "in progress" | null> {
  try {
    const [row] = await db.run<{ status: "committed" | "aborted" | "in progress" | null }>({
      text: "select pg_xact_status($1::text::xid8) as status",
      values: [xid],
    });
    return row?.status ?? null;
  } catch (error) {
    if (sqlState(error) === "22023") return null; // "transaction ID … is in the future"
    throw error;
  }
}
