import type { Knex } from "knex";
import { isUniqueViolation } from "#src/platform/db.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { transact } from "#src/platform/transact.ts";
import type { User } from "../user.ts";
import { userVerified, type Announce } from "../user-events.ts";
import { admit, type Admission } from "./admit.ts";
import { useInvitation } from "./use-invitation.ts";

export interface VerifyByInvitationDeps {
  db: Knex;
  secrets: Secrets;
  admission: Admission;
  announce: Announce;
}

/**
 * Verifies an earlier sign-up whose owner has now come by an invitation to the same address. Does
 * nothing if the invitation no longer works, or has led to this account already: the mail of that
 * sign-up is there as well.
 */
export async function verifyByInvitation(
  deps: VerifyByInvitationDeps,
  token: string,
  { id: userId, email }: User,
): Promise<void> {
  try {
    const invitation = (await admit(deps, { invitation: token, email }))!;
    await transact(deps.db, async (tx) => {
      const verified = await tx("users")
        .where({ id: userId, email })
        .whereNull("email_verified_at")
        .update({ email_verified_at: tx.fn.now() });
      if (verified !== 1) return;
      await useInvitation(tx, invitation.id, userId);
      await deps.announce(tx, userVerified, userId);
    });
  } catch (error) {
    if (!isRefusal(error) && !isUniqueViolation(error, "users_verified_email_key")) throw error;
  }
}
