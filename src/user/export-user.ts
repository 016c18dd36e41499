import type { Knex } from "knex";
import { foldAddress } from "#src/signup/fold-address.ts";
import type { UserRow } from "#src/signup/user.ts";

/**
 * All that Enlist keeps of a person, as articles 15 and 20 of the GDPR ask for it: the account, each
 * verification and what became of its mail, the invitations to its address, and each event that the application was told. The hash
 * of the password is left out, as it is of use to nobody but a thief.
 */
export async function exportUser(db: Knex, user: UserRow) {
  const verifications = await db("email_verifications as v")
    .leftJoin("tx_jobs as j", "j.id", "v.id")
    .where("v.user_id", user.id)
    .orderBy("v.created_at")
    .select(
      { id: "v.id", email: "v.email", requestedAt: "v.created_at", sentAt: "v.sent_at" },
      { expiresAt: "v.expires_at", usedAt: "v.used_at", codeAttempts: "v.code_attempts" },
      { mailOutcome: "j.outcome", mailError: "j.error" },
    );
  const events = await db("tx_jobs")
    .whereRaw("payload->>'userId' = ?", [user.id])
    .orderBy("created_at")
    .select({ id: "id", type: "name", createdAt: "created_at", outcome: "outcome" });
  const invitations = await db("invitations")
    .where({ user_id: user.id })
    .orWhereRaw("user_id is null and lower(email) = ?", [foldAddress(user.email)])
    .select({ id: "id", email: "email", createdAt: "created_at", sentAt: "sent_at" });
  return {
    user: {
      id: user.id,
      username: user.username,
      fullName: user.full_name,
      email: user.email,
      language: user.language,
      termsVersion: user.terms_version,
      termsAcceptedAt: user.terms_accepted_at,
      extra: user.extra,
      emailVerifiedAt: user.email_verified_at,
      createdAt: user.created_at,
      returnTo: user.return_to,
      returnState: user.return_state,
      password: "kept as a hash, which is not exported",
    },
    verifications,
    invitations,
    events,
  };
}
