import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import type { Limits } from "./limits/limits.ts";
import { tallied } from "./limits/tally.ts";
import { isPassword } from "./hash-password.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import type { ContinueTo } from "#src/shared/continue-to.ts";
import type { Returns } from "./return/returns.ts";
import type { Announce } from "./user-events.ts";
import {
  findVerification,
  markVerified,
  readVerificationLink,
  type Verification,
} from "./verification.ts";

export interface VerifyEmailDeps {
  db: Knex;
  announce: Announce;
  limits: Limits;
  returns: Returns;
  secrets: Secrets;
  /** The user who signed up in this browser, according to its cookie. */
  signedUpUserId: string | null;
}

export interface VerifyEmailInput {
  /** The token in the mail's link. */
  token: string;
  /** Required if the link is opened in another browser than the one that signed up. */
  password?: string | undefined;
}

export interface VerifyEmailResult {
  status: "verified" | "already-verified";
  /** Where the person goes on; missing without RETURN_URL. */
  continueTo?: ContinueTo;
}

/** The result of a link, with the user whose password proved the person, if it did. */
export interface VerifyLinkResult extends VerifyEmailResult {
  provenUserId?: string;
}

/**
 * Verifies an account by the mail's link. The caller must be the person who chose the password, as
 * shown by the sign-up cookie or by the password itself.
 * @throws {Refusal} NOT_FOUND, UNAUTHORIZED (`password` missing or wrong), TOO_MANY_REQUESTS, or
 *   PRECONDITION_FAILED if the link no longer works (field `token` if a new mail helps)
 */
export async function verifyEmail(
  { db, announce, limits, returns, secrets, signedUpUserId }: VerifyEmailDeps,
  { token, password }: VerifyEmailInput,
): Promise<VerifyLinkResult> {
  const id = readVerificationLink(secrets, token);
  const verification = await findVerification(db, { id });
  if (isVerified(verification)) return toResult(returns, "already-verified", verification);
  assertAlive(verification);
  const isElsewhere = verification.user_id !== signedUpUserId;
  if (isElsewhere) await requirePassword(limits, verification, password);
  const proven = isElsewhere ? { provenUserId: verification.user_id } : {};
  if (await markVerified({ db, announce }, verification)) {
    return { ...toResult(returns, "verified", verification), ...proven };
  }
  // A concurrent request verified, deleted or changed the claim.
  const now = await findVerification(db, { id });
  if (isVerified(now)) return { ...toResult(returns, "already-verified", now), ...proven };
  assertAlive(now);
  throw new Refusal("link_expired");
}

/** The result, with where the person goes on. */
export function toResult<Status extends VerifyEmailResult["status"]>(
  returns: Returns,
  status: Status,
  { return_to }: Verification,
): { status: Status; continueTo?: ContinueTo } {
  const continueTo = returns.continueTo(return_to);
  return { status, ...(continueTo ? { continueTo } : {}) };
}

/** Whether the address of this mail belongs to a verified account. */
export function isVerified(
  verification: Verification | undefined,
): verification is Verification & { verified: true } {
  return Boolean(verification?.verified && verification.current);
}

/** @throws {Refusal} PRECONDITION_FAILED if the link no longer works, saying what to do instead */
export function assertAlive(
  verification: Verification | undefined,
): asserts verification is Verification {
  if (!verification) throw new Refusal("link_of_gone_signup");
  if (!verification.current) {
    throw new Refusal("link_of_old_address");
  }
  if (verification.expired) throw new Refusal("link_expired");
}

async function requirePassword(
  limits: Limits,
  { id, password_hash }: Verification,
  password: string | undefined,
): Promise<void> {
  if (!password) {
    throw new Refusal("password_required");
  }
  const isRight = await tallied(async (count) => {
    await count(limits.passwords, id);
    return isPassword(password_hash, password);
  });
  if (!isRight) {
    throw new Refusal("password_wrong");
  }
}
