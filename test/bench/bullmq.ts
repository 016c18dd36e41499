import type { JobsOptions } from "bullmq";

/** How the mail's job would be added to BullMQ by itself: with as many attempts, and kept for a while. */
export const BULLMQ_OPTIONS: JobsOptions = {
  attempts: 10,
  backoff: { type: "exponential", delay: 10_000, jitter: 0.25 },
  removeOnComplete: { age: 3600, count: 1000 },
  removeOnFail: { age: 86_400 },
};

/** Two jobs with one id are one job. */
export function toJobId({ verificationId }: { verificationId: string }): string {
  return `verify-email-${verificationId}`;
}
