import { z } from "zod";
import { defineJob } from "#src/tx-jobs/index.ts";

/**
 * Mails one invitation; see src/worker/send-invitation.ts. The job has the id of its invitation. It
 * is tried for as long as a verification's mail.
 */
export const inviteJob = defineJob({
  name: "invite",
  queue: "critical",
  payload: z.object({ invitationId: z.uuid() }),
  attempts: 10,
  backoff: { firstMs: 10_000, jitter: 0.25 },
  // The operator's command does not wait for Redis.
  whenRedisIsAway: "owe",
});
