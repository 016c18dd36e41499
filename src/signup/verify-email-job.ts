import { z } from "zod";
import { defineJob } from "#src/tx-jobs/index.ts";

/**
 * Mails the link of one verification; see src/worker/send-verification.ts. The job has the id of
 * its verification, so that each can be found from the other.
 */
export const verifyEmailJob = defineJob({
  name: "verify-email",
  queue: "critical",
  payload: z.object({ verificationId: z.uuid() }),
  attempts: 10,
  // Nine pauses, the first of 10 s and each twice the last, bridge an hour without a mail server,
  // even if jitter shortens each by a quarter.
  backoff: { firstMs: 10_000, jitter: 0.25 },
});
