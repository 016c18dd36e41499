import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import { transact } from "#src/platform/transact.ts";
import { isCodeFor } from "#src/platform/signed-id.ts";
import { findVerification, markVerified } from "./verification.ts";
import { toResult, type VerifyEmailDeps, type VerifyEmailResult } from "./verify-email.ts";

/** Attempts per code. After that a new mail is needed. */
const ATTEMPTS = 10;

/**
 * Verifies an account by the code of its newest mail, typed in the browser that signed up. Ten
 * attempts per mail and one mail per minute make eight digits unguessable.
 * @param code eight digits
 * @throws {Refusal} UNAUTHORIZED without a cookie, BAD_REQUEST for a wrong code, NOT_FOUND if the
 *   sign-up is gone, PRECONDITION_FAILED if the code is expired or used up, or the address is taken
 */
export async function verifyCode(
  { db, announce, returns, secrets, signedUpUserId }: Omit<VerifyEmailDeps, "limits">,
  code: string,
): Promise<VerifyEmailResult> {
  const userId = signedUpUserId ?? refuseStranger();
  const verification = await findVerification(db, { userId });
  if (!verification) throw new Refusal("signup_gone");
  if (verification.verified) return toResult(returns, "already-verified", verification);
  if (verification.expired) {
    throw new Refusal("code_expired");
  }
  const left = await spendAttempt(db, verification.id);
  if (!isCodeFor(secrets, verification.id, code)) {
    throw new Refusal("code_wrong", { left });
  }
  if (await markVerified({ db, announce }, verification)) {
    return toResult(returns, "verified", verification);
  }
  // A concurrent request verified, deleted or changed the claim.
  const now = await findVerification(db, { userId });
  if (now?.verified) return toResult(returns, "already-verified", now);
  throw new Refusal(now ? "code_of_old_address" : "signup_gone");
}

/**
 * Counts an attempt before comparing, so that parallel attempts are counted too.
 * @returns the number of attempts left
 */
async function spendAttempt(db: Knex, id: string): Promise<number> {
  const [spent] = await transact(db, (tx) =>
    tx("email_verifications")
      .where({ id })
      .where("code_attempts", "<", ATTEMPTS)
      .increment("code_attempts", 1)
      .returning<{ code_attempts: number }[]>("code_attempts"),
  );
  if (spent) return ATTEMPTS - spent.code_attempts;
  throw new Refusal("code_used_up");
}

function refuseStranger(): never {
  throw new Refusal("signup_of_code_unknown");
}
