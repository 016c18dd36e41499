import { z } from "zod";
import type { Tx } from "#src/platform/transact.ts";
import { defineJob, fromKnex, type Jobs } from "#src/tx-jobs/index.ts";

/**
 * What all events have in common. They are tried for three days: within the first hour ever more
 * slowly, then once an hour. A sign-up does not wait for Redis to take one.
 */
const EVENT = {
  queue: "default",
  payload: z.object({ userId: z.uuid() }),
  attempts: 90,
  backoff: { firstMs: 5000, maxMs: 3_600_000 },
  whenRedisIsAway: "owe",
} as const;

/** Tells the application that an account was verified; see src/worker/deliver-event.ts. */
export const userVerified = defineJob({ ...EVENT, name: "user.verified" });

/** Tells the application that an account which it had heard of was deleted. */
export const userDeleted = defineJob({ ...EVENT, name: "user.deleted" });

export type UserEvent = typeof userVerified;

/** Enqueues an event in the transaction that brings it about: both are committed, or neither is. */
export type Announce = (tx: Tx, event: UserEvent, userId: string) => Promise<void>;

/** @param webhookUrl where events go; without one nothing is enqueued */
export function createAnnounce(jobs: Jobs, webhookUrl: string | undefined): Announce {
  if (webhookUrl === undefined) return async () => {};
  return async (tx, event, userId) => {
    await jobs.enqueue(fromKnex(tx), event, { userId });
  };
}
