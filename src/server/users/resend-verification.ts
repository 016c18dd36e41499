import type { Knex } from "knex";
import type { Jobs } from "../jobs/enqueue.ts";
import { verifyEmail } from "../jobs/registry.ts";
import { renewVerificationTx } from "./renew-verification-tx.ts";

export interface ResendVerificationDeps {
  db: Knex;
  jobs: Jobs;
  /** Hours that the mailed link will work. */
  verificationTtlHours: number;
  /** Hours that an unverified sign-up lives. */
  claimTtlHours: number;
}

/**
 * Mails the person again, with a new link and a new code; to another address, where one is given.
 * @returns the address that the mail goes to
 * @throws {Refusal} as {@link renewVerificationTx}; SERVICE_UNAVAILABLE where nothing was saved
 */
export async function resendVerification(
  { db, jobs, verificationTtlHours, claimTtlHours }: ResendVerificationDeps,
  recipient: { userId: string; email?: string },
): Promise<{ email: string }> {
  jobs.assertReady(); // No connection is taken in vain.
  const email = await renewVerificationTx(db, {
    ...recipient,
    verificationTtlHours,
    claimTtlHours,
    afterRenew: (verificationId, tx) => jobs.enqueue(tx, verifyEmail, { verificationId }),
  });
  return { email };
}
