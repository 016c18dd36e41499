import type { Knex } from "knex";
import { fromKnex, type Jobs } from "#src/tx-jobs/index.ts";
import type { AssertMailable } from "./assert-mailable.ts";
import { countMail, type Limits } from "./limits/limits.ts";
import { verifyEmail } from "./verify-email-job.ts";
import { tallied } from "./limits/tally.ts";
import { renewVerificationTx } from "./renew-verification-tx.ts";

export interface ResendVerificationDeps {
  db: Knex;
  jobs: Jobs;
  limits: Limits;
  assertMailable: AssertMailable;
  /** Which client asks; see client-address.ts. */
  client: string;
  /** Hours that the mailed link will work. */
  verificationTtlHours: number;
  /** Hours that an unverified sign-up lives. */
  claimTtlHours: number;
}

/**
 * Mails the person again, with a new link and a new code; to another address, where one is given.
 * @returns the address that the mail goes to
 * @throws {Refusal} as {@link renewVerificationTx}; BAD_REQUEST if `email` cannot be mailed;
 *   TOO_MANY_REQUESTS also if the sign-up, the client, the address or the installation had its share of
 *   mails; SERVICE_UNAVAILABLE if nothing was saved
 */
export async function resendVerification(
  deps: ResendVerificationDeps,
  whom: { userId: string; email?: string },
): Promise<{ email: string }> {
  const { db, jobs, limits, client, assertMailable, verificationTtlHours, claimTtlHours } = deps;
  jobs.assertReady(verifyEmail); // Don't take a connection we can't use.
  if (whom.email !== undefined) await assertMailable(whom.email);
  const recipient = await tallied((count) =>
    renewVerificationTx(db, {
      ...whom,
      verificationTtlHours,
      claimTtlHours,
      afterRenew: async ({ verificationId, email }, tx) => {
        await jobs.enqueue(fromKnex(tx), verifyEmail, { verificationId }, { id: verificationId });
        // If it is one too many, all of it rolls back.
        await count(limits.renewals, whom.userId);
        await countMail(count, limits, { client, email });
      },
    }),
  );
  return { email: recipient };
}
