import { setTimeout as sleep } from "node:timers/promises";
import { sqlState, type Connection } from "./connection.ts";

/** Maximum milliseconds to find out how a transaction ended. */
const PATIENCE = 500;

/** Identifies a transaction from outside. */
export interface Witness {
  /** Its `pg_current_xact_id()::text`. */
  xid: string;
  /** Looks for a row that it inserted, on another connection. */
  find: (db: Connection) => Promise<object | undefined>;
}

/**
 * Finds out how a transaction ended whose COMMIT got no answer, from its row and from PostgreSQL's
 * commit log. The log alone is not enough: after a failover the id may belong to another
 * transaction.
 * @returns within half a second; `unknown` if PostgreSQL does not answer or cannot tell
 */
export async function resolveInDoubt(
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
        // It may have committed between the two queries.
        if (status === "committed") return (await find(db)) ? "committed" : "unknown";
        if (status === null) return "unknown";
      } catch {
        // PostgreSQL does not answer; the next look may succeed.
      }
    }
    return "unknown";
  };
  return Promise.race([look(), sleep(PATIENCE, "unknown" as const)]);
}

/**
 * Reads PostgreSQL's commit log, which works on any connection
 * (https://www.postgresql.org/docs/current/functions-info.html, pg_xact_status).
 * @returns null if the transaction is too old or, after a restore, still in the future
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
