import type { Knex } from "knex";
import { isUniqueViolation } from "#src/platform/db.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { transact } from "#src/platform/transact.ts";
import { toUser, USER_COLUMNS, type User, type UserRow } from "../user.ts";
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
 * @returns the user as it is now
 */
export async function verifyByInvitation(
  deps: VerifyByInvitationDeps,
  token: string,
  user: User,
): Promise<User> {
  const { id, email } = user;
  try {
    const invitation = (await admit(deps, { invitation: token, email }))!;
    return await transact(deps.db, async (tx) => {
      const [row] = await tx<UserRow>("users")
        .where({ id, email })
        .whereNull("email_verified_at")
        .update({ email_verified_at: tx.fn.now() })
        .returning(USER_COLUMNS);
      if (!row) return user;
      await useInvitation(tx, invitation.id, id);
      await deps.announce(tx, userVerified, id);
      return toUser(row);
    });
  } catch (error) {
    if (!isRefusal(error) && !isUniqueViolation(error, "users_verified_email_key")) throw error;
    return user;
  }
}
