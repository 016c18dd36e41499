import type { Knex } from "knex";
import { isUniqueViolation } from "../db.ts";
import { Refusal } from "../refusal.ts";
import { readSignedId } from "../signed-id.ts";
import { transact } from "../transact.ts";
import { isPassword } from "./hash-password.ts";

export interface VerifyEmailDeps {
  db: Knex;
  secret: string;
  /** The user who signed up in the browser that asks, by its cookie. */
  signedUpUserId: string | null;
}

export interface VerifyEmailInput {
  /** What the mail's link carries. */
  token: string;
  /** Wanted where the link is opened in another browser than the one that signed up. */
  password?: string | undefined;
}

export interface VerifyEmailResult {
  status: "verified" | "already-verified";
}

interface Verification {
  id: string;
  user_id: string;
  email: string;
  password_hash: string;
  used: boolean;
  verified: boolean;
  expired: boolean;
}

/**
 * Turns a claim into a verified account. Whoever verifies must be whoever chose the password:
 * the sign-up cookie shows it, or the password itself does.
 * @throws {Refusal} NOT_FOUND for a token that never was, UNAUTHORIZED (field `password`) where
 *   the password is missing or wrong, PRECONDITION_FAILED where the link has expired or the
 *   address has been verified for another account
 */
export async function verifyEmail(
  { db, secret, signedUpUserId }: VerifyEmailDeps,
  { token, password }: VerifyEmailInput,
): Promise<VerifyEmailResult> {
  const id = readSignedId(secret, "verification-link", token);
  if (!id) {
    throw new Refusal(
      "NOT_FOUND",
      "This link is not one of ours. Please open it from the mail again.",
    );
  }
  const verification = await find(db, id);
  if (verification?.used || verification?.verified) return { status: "already-verified" };
  if (!verification || verification.expired) throw expired();
  if (verification.user_id !== signedUpUserId) {
    await requirePassword(verification.password_hash, password);
  }
  if (await markVerified(db, verification)) return { status: "verified" };
  // Somebody was faster: a second click, or whatever removed the claim or changed its address.
  if ((await find(db, id))?.verified) return { status: "already-verified" };
  throw expired();
}

function expired(): Refusal {
  return new Refusal(
    "PRECONDITION_FAILED",
    "This link has expired. Please sign up again, with another username for now: yours is held for some days.",
  );
}

async function find(db: Knex, id: string): Promise<Verification | undefined> {
  const { rows } = await db.raw<{ rows: Verification[] }>(
    `select v.id, v.user_id, v.email, u.password_hash,
            v.used_at is not null as used,
            u.email_verified_at is not null as verified,
            v.expires_at <= now() as expired
     from email_verifications v join users u on u.id = v.user_id
     where v.id = ?`,
    [id],
  );
  return rows[0];
}

async function requirePassword(passwordHash: string, password: string | undefined): Promise<void> {
  if (!password) {
    throw new Refusal(
      "UNAUTHORIZED",
      "You opened this link in another browser than the one you signed up in. Please enter the password you chose.",
      "password",
    );
  }
  if (!(await isPassword(passwordHash, password))) {
    throw new Refusal("UNAUTHORIZED", "This is not the password you signed up with.", "password");
  }
}

/** Whether it was this call that verified the account. The unique index decides who gets an address. */
async function markVerified(db: Knex, { id, user_id, email }: Verification): Promise<boolean> {
  try {
    return await transact(db, async (tx) => {
      const now = tx.fn.now();
      const users = await tx("users")
        .where({ id: user_id, email })
        .whereNull("email_verified_at")
        .update({ email_verified_at: now });
      if (users === 1) await tx("email_verifications").where({ id }).update({ used_at: now });
      return users === 1;
    });
  } catch (error) {
    if (!isUniqueViolation(error, "users_verified_email_key")) throw error;
    throw new Refusal(
      "PRECONDITION_FAILED",
      "This address already belongs to a verified account. Sign in with that one instead.",
    );
  }
}
