import type { Knex } from "knex";
import { transact } from "#src/platform/transact.ts";
import { withdrawInvitations } from "#src/signup/invitation/withdraw-invitations.ts";
import { userDeleted, type Announce } from "#src/signup/user-events.ts";

/**
 * Deletes an account or a claim with all that is known of the person, in one transaction: the
 * verifications and invitations, and the jobs of their mails and events. The application is told if it had heard of
 * the account, which is if it was verified.
 * @returns whether the user was there
 */
export async function deleteUser(db: Knex, announce: Announce, id: string): Promise<boolean> {
  return transact(db, async (tx) => {
    // Locked, so that a verification that is under way comes before, or finds nothing.
    const user = await tx("users").where({ id }).forUpdate().first("email", "email_verified_at");
    if (!user) return false;
    await tx("tx_jobs")
      .whereIn("id", tx("email_verifications").where({ user_id: id }).select("id"))
      .orWhereIn("id", tx("invitations").where({ user_id: id }).select("id"))
      .orWhereRaw("payload->>'userId' = ?", [id])
      .delete();
    if (user.email_verified_at) await withdrawInvitations(tx, user.email);
    await tx("users").where({ id }).delete();
    if (user.email_verified_at) await announce(tx, userDeleted, id);
    return true;
  });
}
