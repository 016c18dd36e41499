import type { Knex } from "knex";
import { transactionStatus } from "../transaction-status.ts";

/**
 * What became of the transaction that a job belongs to:
 * - `there`: its row exists
 * - `pending`: it is still running; ask again in a moment
 * - `ghost`: it was rolled back, so the job must not have any effect
 * - `gone`: it was committed, but the row has been deleted since
 * - `forgotten`: PostgreSQL no longer knows (or, after a restore, does not know yet)
 */
export type Verdict<Row> =
  | { is: "there"; row: Row }
  | { is: "pending" | "ghost" | "gone" | "forgotten" };

/**
 * Decides whether a job counts. Redis takes no part in PostgreSQL's commit, so a job may be seen
 * before its transaction commits, and may exist though it rolled back; PostgreSQL's own commit
 * log says which.
 * @param xid the transaction's `pg_current_xact_id()`
 * @param find reads the row that the transaction inserted
 */
export async function judge<Row>(
  db: Knex,
  xid: string,
  find: () => Promise<Row | undefined>,
): Promise<Verdict<Row>> {
  const row = await find();
  if (row) return { is: "there", row };
  switch (await transactionStatus(db, xid)) {
    case "in progress":
      return { is: "pending" };
    case "aborted":
      return { is: "ghost" };
    case "committed": {
      // The commit may have fallen between the two questions, so the first is asked again.
      const committed = await find();
      return committed ? { is: "there", row: committed } : { is: "gone" };
    }
    default:
      return { is: "forgotten" };
  }
}
