import { findVerification, readLink } from "./verification.ts";
import { assertAlive, isVerified, type VerifyEmailDeps } from "./verify-email.ts";

/** What a mail's link is about, and what it takes to confirm by it. */
export type LinkInspection =
  | { status: "open"; needsPassword: boolean; username: string; email: string }
  | { status: "already-verified" };

/**
 * Tells whoever opens a link what it is about, so that the page promises nothing that does not hold.
 * Changes nothing, however often it is asked, and by whatever scanner.
 * @throws {Refusal} NOT_FOUND and PRECONDITION_FAILED as `verifyEmail`
 */
export async function inspectLink(
  { db, secrets, signedUpUserId }: Omit<VerifyEmailDeps, "limits">,
  token: string,
): Promise<LinkInspection> {
  const verification = await findVerification(db, { id: readLink(secrets, token) });
  if (isVerified(verification)) return { status: "already-verified" };
  assertAlive(verification);
  const { user_id, username, email } = verification;
  return { status: "open", needsPassword: user_id !== signedUpUserId, username, email };
}
