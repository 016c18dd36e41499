import type { Knex } from "knex";
import { isUniqueViolation } from "#src/platform/db.ts";
import { Refusal } from "#src/platform/refusal.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { transact } from "#src/platform/transact.ts";
import { userVerified, type Announce } from "./user-events.ts";
import { readLink } from "./read-link.ts";

/** One mail with its link and code, and the state of its claim. */
export interface Verification {
  id: string;
  user_id: string;
  email: string;
  username: string | null;
  password_hash: string;
  verified: boolean;
  expired: boolean;
  /** Whether the claim still has the address that this mail went to. */
  current: boolean;
  /** What the application gave for the way back. */
  return_to: string | null;
  return_state: string | null;
}

/**
 * The id of the verification whose link carries this token, even if a mail program altered it.
 * @throws {Refusal} NOT_FOUND if no valid token is found
 */
export function readVerificationLink(secrets: Secrets, token: string): string {
  const id = readLink(secrets, "verification-link", token);
  if (!id) throw new Refusal("link_unknown");
  return id;
}

/**
 * The verification of this id, or the newest one of this user; undefined if it no longer exists.
 */
export async function findVerification(
  db: Knex,
  which: { id: string } | { userId: string },
): Promise<Verification | undefined> {
  const [condition, value] =
    "id" in which
      ? ["v.id = ?", which.id]
      : ["u.id = ? and v.id = u.verification_id", which.userId];
  const { rows } = await db.raw<{ rows: Verification[] }>(
    `select v.id, v.user_id, v.email, u.username, u.password_hash,
            u.email_verified_at is not null as verified,
            v.expires_at <= now() as expired,
            v.email = u.email as current,
            u.return_to, u.return_state
     from email_verifications v join users u on u.id = v.user_id
     where ${condition}`,
    [value],
  );
  return rows[0];
}

/**
 * The id of the user whose claim a mail's link belongs to.
 * @throws {Refusal} NOT_FOUND for an unknown token, or if the claim is gone or has another address
 */
export async function findClaimant(
  { db, secrets }: { db: Knex; secrets: Secrets },
  token: string,
): Promise<string> {
  const verification = await findVerification(db, { id: readVerificationLink(secrets, token) });
  if (!verification?.current) throw new Refusal("signup_gone");
  return verification.user_id;
}

/**
 * Turns the claim into a verified account. The unique index decides who gets an address.
 * @returns whether this call did it
 * @throws {Refusal} PRECONDITION_FAILED if another account has verified the address
 */
export async function markVerified(
  { db, announce }: { db: Knex; announce: Announce },
  { id, user_id, email }: Verification,
): Promise<boolean> {
  try {
    return await transact(db, async (tx) => {
      const now = tx.fn.now();
      const users = await tx("users")
        .where({ id: user_id, email })
        .whereNull("email_verified_at")
        .update({ email_verified_at: now });
      if (users !== 1) return false;
      await tx("email_verifications").where({ id }).update({ used_at: now });
      await announce(tx, userVerified, user_id);
      return true;
    });
  } catch (error) {
    if (!isUniqueViolation(error, "users_verified_email_key")) throw error;
    throw new Refusal("address_verified_elsewhere");
  }
}
