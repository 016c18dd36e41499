import type { Knex } from "knex";

/**
 * Deletes the invitations that nobody has used in time, because an address is kept no longer than it
 * is needed. Keeps those whose mail is not sent yet. Returns how many.
 */
export async function pruneInvitations(db: Knex): Promise<number> {
  return db("invitations")
    .where("expires_at", "<", db.fn.now())
    .whereNull("user_id")
    .whereRaw(
      "not exists (select from tx_jobs j where j.id = invitations.id and j.finished_at is null)",
    )
    .delete();
}
