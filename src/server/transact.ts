import type { Knex } from "knex";

/**
 * A transaction that knows its own id in PostgreSQL's commit log, from the moment on that a
 * statement has returned `pg_current_xact_id()`.
 */
export type Tx = Knex.Transaction & { xid?: string };

/**
 * Runs `work` in one transaction: what it returns is committed, what it throws rolls back.
 * Every transaction of Enlist goes through here. It reads committed rows only, as the unique
 * indexes decide whatever two transactions could disagree about.
 */
export async function transact<T>(db: Knex, work: (tx: Tx) => Promise<T>): Promise<T> {
  let failure: { error: unknown } | undefined;
  const rememberFailure = async (tx: Tx) => {
    try {
      return await work(tx);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    return await db.transaction(rememberFailure, { isolationLevel: "read committed" });
  } catch (error) {
    // A ROLLBACK that fails as well, on a connection that is lost, must not hide why it was sent.
    throw failure ? failure.error : error;
  }
}
