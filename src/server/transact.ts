import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { isDatabaseAway } from "./db.ts";
import { measure } from "./metrics/measure.ts";
import { nothingDone } from "./refusal.ts";
import { transactionStatus, type TransactionStatus } from "./transaction-status.ts";

/**
 * A transaction that knows its own id in PostgreSQL's commit log, from the moment on that a
 * statement has returned `pg_current_xact_id()`.
 */
export type Tx = Knex.Transaction & { xid?: string };

/** Milliseconds that an answer which got lost is looked for, at most. */
const SETTLE_MS = 500;

/**
 * Runs `work` in one transaction: what it returns is committed, what it throws rolls back.
 * Every transaction of Enlist goes through here. It reads committed rows only, as the unique
 * indexes decide whatever two transactions could disagree about.
 *
 * Where the connection is lost during the COMMIT, the commit log says on another connection how
 * it ended, provided that `work` has set the transaction's id.
 * @throws what `work` throws; {Refusal} SERVICE_UNAVAILABLE where the COMMIT did not take place;
 *   the database's error where it could not be found out
 */
export async function transact<T>(db: Knex, work: (tx: Tx) => Promise<T>): Promise<T> {
  let end: { failure: unknown } | { result: T; xid: string | undefined } | undefined;
  try {
    return await measure("enlist_transaction_seconds", ["committed", "rolled back"], () =>
      db.transaction(
        async (tx: Tx) => {
          try {
            const result = await work(tx);
            end = { result, xid: tx.xid };
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
    if (!end.xid || !isDatabaseAway(error)) throw error;
    const status = await settle(db, end.xid);
    if (status === "committed") return end.result;
    throw status === "aborted" ? nothingDone(error) : error;
  }
}

/** How an in-doubt transaction ended, if that can be found out in time. */
function settle(db: Knex, xid: string): Promise<TransactionStatus> {
  const deadline = Date.now() + SETTLE_MS;
  const look = async (): Promise<TransactionStatus> => {
    while (Date.now() < deadline) {
      const status = await transactionStatus(db, xid).catch(() => "in progress" as const);
      if (status !== "in progress") return status;
      await sleep(20);
    }
    return null;
  };
  return Promise.race([look(), sleep(SETTLE_MS, null)]);
}
