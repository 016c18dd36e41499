import type { Knex } from "knex";

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
 * log says which (https://www.postgresql.org/docs/current/functions-info.html, pg_xact_status).
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
  switch (await status(db, xid)) {
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

async function status(db: Knex, xid: string): Promise<string | null> {
  try {
    const { rows } = await db.raw<{ rows: [{ status: string | null }] }>(
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
