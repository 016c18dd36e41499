import type { Knex } from "knex";
import { foldAddress } from "./fold-address.ts";
import { Refusal } from "#src/platform/refusal.ts";
import type { Reason } from "#src/platform/refusals.ts";
import { transact, type Tx } from "#src/platform/transact.ts";
import { uuidV7 } from "#src/platform/uuid-v7.ts";
import { verificationWitness } from "./verification-witness.ts";

export interface ResendVerificationTxParams {
  userId: string;
  /** The address to verify from now on; the present one by default. */
  email?: string;
  /** What this and later mails are written in; the present language by default. */
  language?: string | undefined;
  /** Hours until the new link expires. */
  verificationTtlHours: number;
  /** Hours that an unverified sign-up lives. An older one gets no new mail. */
  claimTtlHours: number;
  /** Runs after the insert, inside the transaction. If it throws, everything is rolled back. */
  afterCreate: (mail: { verificationId: string; email: string }, tx: Tx) => Promise<unknown>;
}

interface ClaimRow {
  email: string;
  email_verified_at: Date | null;
  expired: boolean;
}

/** Minimum milliseconds between two mails to one address. */
export const MAIL_INTERVAL_MS = 60_000;

/**
 * Gives an unverified user a new verification. Earlier codes and unsent mails become invalid;
 * earlier links too, if the address changes. Follows `createUserTx`: everything is committed or
 * nothing.
 * @returns the address that will be mailed
 * @throws {Refusal} NOT_FOUND, PRECONDITION_FAILED (already verified) or TOO_MANY_REQUESTS (within
 *   a minute of the last mail); or what `afterCreate` throws
 */
export function resendVerificationTx(
  db: Knex,
  params: ResendVerificationTxParams,
): Promise<string> {
  const {
    userId,
    email,
    language = null,
    verificationTtlHours,
    claimTtlHours,
    afterCreate,
  } = params;
  return transact(db, async (tx, seenBy) => {
    // The lock makes concurrent requests see each other's mail.
    const user = await tx("users")
      .where({ id: userId })
      .forUpdate()
      .first<ClaimRow | undefined>(
        "email",
        "email_verified_at",
        tx.raw("created_at < now() - make_interval(hours => ?) as expired", [claimTtlHours]),
      );
    if (user?.email_verified_at) {
      throw new Refusal("already_verified");
    }
    if (!user || user.expired) throw new Refusal("signup_gone");
    const address = email ?? user.email;
    // A repeated correction, whose first answer was lost, is already done.
    if (email === user.email && (await ageOfMail(tx, userId, 1)) < MAIL_INTERVAL_MS) return email;
    // Mailboxes ignore case.
    if (foldAddress(address) === foldAddress(user.email)) {
      await assertRested(tx, userId, 1, "mailed_just_now");
    } else {
      await assertRested(tx, userId, 2, "corrected_just_now");
    }
    const verificationId = uuidV7();
    const { rows } = await tx.raw<{ rows: [{ xid: string }] }>(
      `with resent as (
         update users
         set email = :address, verification_id = :verificationId,
             language = coalesce(:language, language)
         where id = :userId
       )
       insert into email_verifications (id, user_id, email, created_at, expires_at)
       values (:verificationId, :userId, :address, clock_timestamp(),
               now() + make_interval(hours => :verificationTtlHours))
       returning pg_current_xact_id()::text as xid`,
      { userId, address, language, verificationId, verificationTtlHours },
    );
    seenBy(verificationWitness(rows[0].xid, verificationId));
    await afterCreate({ verificationId, email: address }, tx);
    return address;
  });
}

/**
 * Allows one mail per minute, and a second one only to another address. So someone who mistyped
 * theirs need not wait, and no address is mailed twice in a minute.
 */
async function assertRested(
  tx: Tx,
  userId: string,
  mailsAMinute: number,
  reason: Reason,
): Promise<void> {
  const wait = MAIL_INTERVAL_MS - (await ageOfMail(tx, userId, mailsAMinute));
  if (wait > 0) throw new Refusal(reason, { retryAfterMs: wait });
}

/** Milliseconds since the user's nth latest mail was requested; Infinity if there is none. */
async function ageOfMail(tx: Tx, userId: string, nth: number): Promise<number> {
  const { rows } = await tx.raw<{ rows: { age: number }[] }>(
    `select (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as age
     from email_verifications where user_id = :userId
     order by created_at desc offset :offset limit 1`,
    { userId, offset: nth - 1 },
  );
  return rows[0]?.age ?? Infinity;
}
