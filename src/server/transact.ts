import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { isDatabaseAway } from "./db.ts";
import { judge } from "./jobs/judge.ts";
import { measure } from "./metrics/measure.ts";
import { nothingDone } from "./refusal.ts";

/**
 * A transaction that can be told afterwards: by its own id in PostgreSQL's commit log, from the
 * moment on that a statement has returned `pg_current_xact_id()`, and by a row that it has inserted.
 */
export type Tx = Knex.Transaction & {
  xid?: string;
  /** Looks for that row on another connection. */
  find?: (db: Knex) => Promise<object | undefined>;
};

/** Milliseconds that an answer which got lost is looked for, at most. */
const SETTLE_MS = 500;

/**
 * Runs `work` in one transaction: what it returns is committed, what it throws rolls back.
 * Every transaction of Enlist goes through here. It reads committed rows only, as the unique
 * indexes decide whatever two transactions could disagree about.
 *
 * Where the connection is lost during the COMMIT, another connection is asked how it ended: for the
 * row, and for its fate in the commit log, provided that `work` has set how to find them. The log
 * by itself would not do: after a failover the same id may be another transaction's.
 * @throws what `work` throws; {Refusal} SERVICE_UNAVAILABLE where the COMMIT did not take place;
 *   the database's error where it could not be found out
 */
export async function transact<T>(db: Knex, work: (tx: Tx) => Promise<T>): Promise<T> {
  let end: { failure: unknown } | { result: T; tx: Tx } | undefined;
  try {
    return await measure("enlist_transaction_seconds", ["committed", "rolled back"], () =>
      db.transaction(
        async (tx: Tx) => {
          try {
            const result = await work(tx);
            end = { result, tx };
            return result;
          } catch (failure) {
            end = { failure };
            throw failure;
          }
        },
        { isolationLevel: "read committed" },
      ),
    );
  } catch (error) {
    if (!end) throw error; // It never began.
    // A ROLLBACK that fails as well, on a connection that is lost, must not hide why it was sent.
    if ("failure" in end) throw end.failure;
    if (!isDatabaseAway(error)) throw error;
    const verdict = await settle(db, end.tx);
    if (verdict === "there") return end.result;
    throw verdict === "ghost" ? nothingDone(error) : error;
  }
}

/** How an in-doubt transaction ended, if that can be found out in time. */
function settle(db: Knex, { xid, find }: Tx): Promise<"there" | "ghost" | "unknown"> {
  const deadline = Date.now() + SETTLE_MS;
  const look = async () => {
    if (!xid || !find) return "unknown";
    while (Date.now() < deadline) {
      const { is } = await judge(db, xid, () => find(db)).catch(() => ({ is: "pending" as const }));
      if (is === "there" || is === "ghost") return is;
      if (is !== "pending") break;
      await sleep(20);
    }
    return "unknown";
  };
  return Promise.race([look(), sleep(SETTLE_MS, "unknown" as const)]);
}
