import type { JobsOptions } from "bullmq";
import { z } from "zod";
import type { Env } from "#src/env.ts";

/** The queues; a worker gives `critical` the larger share of its capacity. */
export const QUEUES = ["critical", "default"] as const;
export type QueueName = (typeof QUEUES)[number];

/** The variables that tune the jobs. */
export type JobsEnv = Pick<Env, "VERIFY_EMAIL_DELAY_MS" | "VERIFY_EMAIL_BACKOFF_MS">;

/** All there is to know of one kind of job. */
export interface JobDefinition<Payload> {
  /**
   * While a new version is rolled out, workers of both take jobs of both. A payload that the old
   * one could not handle as it is gets a new name, which the old one leaves to the new one.
   */
  name: string;
  queue: QueueName;
  /** Ids only: whatever a job carries can be read by anyone who can read Redis. */
  payload: z.ZodType<Payload>;
  /** Two jobs with one id are one job. No `:` and no bare integer (BullMQ). */
  jobId: (payload: Payload) => string;
  /** How often and how soon it is tried. */
  options: (env: JobsEnv) => Pick<JobsOptions, "attempts" | "backoff" | "delay">;
}

/** Mails the link of one verification; see src/worker/send-verification.ts. */
export const verifyEmail: JobDefinition<{ verificationId: string }> = {
  name: "verify-email",
  queue: "critical",
  payload: z.object({ verificationId: z.uuid() }),
  jobId: ({ verificationId }) => `verify-email-${verificationId}`,
  options: (env) => ({
    attempts: 10,
    delay: env.VERIFY_EMAIL_DELAY_MS,
    // Doubled eight times from 10 s, the nine waits span over an hour of SMTP being down even
    // where the jitter takes its whole quarter off each.
    backoff: { type: "exponential", delay: env.VERIFY_EMAIL_BACKOFF_MS, jitter: 0.25 },
  }),
};

/** What a job holds in Redis: the payload, and the transaction that it belongs to. */
export const envelope = z.object({ xid: z.string().regex(/^\d+$/), payload: z.unknown() });
export type Envelope = z.infer<typeof envelope>;
