import { fromKnex } from "#src/tx-jobs/index.ts";
import { countMail } from "./limits/count-mail.ts";
import { settleAll } from "./limits/settle-all.ts";
import type { MailDeps } from "./mail-deps.ts";
import { verifyEmailJob } from "./verify-email-job.ts";
import { tallied } from "./limits/tally.ts";
import { resendVerificationTx } from "./resend-verification-tx.ts";

export interface ResendVerificationDeps extends MailDeps {
  /** Hours that an unverified sign-up lives. */
  claimTtlHours: number;
}

/**
 * Sends another mail with a new link and code, to a new address if one is given.
 * @returns the address that will be mailed
 * @throws {Refusal} as {@link resendVerificationTx}; BAD_REQUEST if `email` cannot be mailed;
 *   TOO_MANY_REQUESTS if a limit is exceeded; SERVICE_UNAVAILABLE if nothing was saved
 */
export async function resendVerification(
  deps: ResendVerificationDeps,
  whom: { userId: string; email?: string; language?: string | undefined },
): Promise<{ email: string }> {
  const { db, jobs, limits, client, assertMailable, verificationTtlHours, claimTtlHours } = deps;
  jobs.assertReady(verifyEmailJob); // Don't take a connection we can't use.
  if (whom.email !== undefined) await assertMailable(whom.email);
  const recipient = await tallied((count) =>
    resendVerificationTx(db, {
      ...whom,
      verificationTtlHours,
      claimTtlHours,
      afterCreate: async ({ verificationId, email }, tx) => {
        // Over the limit, everything rolls back.
        await settleAll([
          count(limits.resends, whom.userId),
          countMail(count, limits, { client, email }),
        ]);
        await jobs.enqueue(
          fromKnex(tx),
          verifyEmailJob,
          { verificationId },
          { id: verificationId },
        );
      },
    }),
  );
  return { email: recipient };
}
