import { z } from "zod";
import { defineJob } from "#src/tx-jobs/index.ts";

/**
 * Mails the link of one verification; see src/worker/send-verification.ts. The job has the id of its
 * verification, so that either can be found by the other.
 */
export const verifyEmail = defineJob({
  name: "verify-email",
  queue: "critical",
  payload: z.object({ verificationId: z.uuid() }),
  attempts: 10,
  // Doubled eight times from 10 s, the nine waits span over an hour of a server that takes no mail,
  // even if the jitter takes its whole quarter off each.
  backoff: { firstMs: 10_000, jitter: 0.25 },
});
