import type { Knex } from "knex";

/** How a transaction ended, or that it has not yet; null where PostgreSQL cannot tell. */
export type TransactionStatus = "committed" | "aborted" | "in progress" | null;

/**
 * Asks PostgreSQL's commit log how a transaction ended; any connection may ask
 * (https://www.postgresql.org/docs/current/functions-info.html, pg_xact_status).
 * @param xid its `pg_current_xact_id()`
 */
export async function transactionStatus(db: Knex, xid: string): Promise<TransactionStatus> {
  try {
    const { rows } = await db.raw<{ rows: [{ status: TransactionStatus }] }>(
      "select pg_xact_status(?::xid8) as status",
      [xid],
    );
    return rows[0].status;
  } catch (error) {
    // "transaction ID … is in the future": the database was restored to a time before it.
    if ((error as { code?: string }).code === "22023") return null;
    throw error;
  }
}
