import type { ContinueTo } from "#src/shared/continue-to.ts";
import { findVerification, readVerificationLink } from "./verification.ts";
import { assertAlive, isVerified, toResult, type VerifyEmailDeps } from "./verify-email.ts";

/** What a mail's link refers to, and whether confirming needs a password. */
export type LinkInspection =
  | { status: "open"; needsPassword: boolean; username: string | null; email: string }
  | { status: "already-verified"; continueTo?: ContinueTo };

/**
 * Describes a link before it is used, so that the page shows only what is true. It changes nothing,
 * so that mail scanners may open links.
 * @throws {Refusal} NOT_FOUND and PRECONDITION_FAILED as `verifyEmail`
 */
export async function inspectLink(
  { db, returns, secrets, signedUpUserId }: Omit<VerifyEmailDeps, "announce" | "limits">,
  token: string,
): Promise<LinkInspection> {
  const verification = await findVerification(db, { id: readVerificationLink(secrets, token) });
  if (isVerified(verification)) return toResult(returns, "already-verified", verification);
  assertAlive(verification);
  const { user_id, username, email } = verification;
  return { status: "open", needsPassword: user_id !== signedUpUserId, username, email };
}
