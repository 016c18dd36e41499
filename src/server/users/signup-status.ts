import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { isDatabaseAway } from "../db.ts";
import type { Jobs } from "../jobs/enqueue.ts";
import { readStatuses, type Reading } from "./read-statuses.ts";
import { signupGone } from "./renew-verification-tx.ts";

export interface StatusWatch {
  /**
   * Yields where the sign-up stands, at once and whenever that changes, until it is verified.
   * A database that is away in between is waited for.
   * @throws {Refusal} NOT_FOUND where the sign-up is gone
   */
  watch(userId: string, signal: AbortSignal): AsyncGenerator<SignupStatus, void>;
}

/** Milliseconds between two readings, and how many more for each sign-up that is read. */
const TICK = 500;
const TICK_EACH = 1;

/**
 * Watches sign-ups for whoever waits for their mail. All who wait are read in one query a tick, so
 * that a thousand open pages cost PostgreSQL no more than one.
 */
export function createStatusWatch(deps: { db: Knex; jobs: Jobs }): StatusWatch {
  const asking = new Set<string>();
  let coming: Promise<Map<string, Reading>> | undefined;
  let lastCount = 0;

  /** The next reading: it answers all who have asked since the last one. */
  const next = (): Promise<Map<string, Reading>> => {
    coming ??= sleep(TICK + lastCount * TICK_EACH).then(() => {
      const userIds = [...asking];
      lastCount = userIds.length;
      asking.clear();
      coming = undefined;
      return readStatuses(deps, userIds);
    });
    return coming;
  };

  return {
    async *watch(userId, signal) {
      let shown = "";
      let readings = readStatuses(deps, [userId]);
      while (!signal.aborted) {
        const reading = await orStay(readings, userId, shown !== "");
        if (reading === "gone") throw signupGone();
        if (reading !== "unknown" && reading.key !== shown && !signal.aborted) {
          shown = reading.key;
          yield reading.status();
          if (reading.stage === "verified") return;
        }
        asking.add(userId);
        readings = next();
      }
    },
  };
}

/** One user's reading; a database that is away tells nothing, once something has been shown. */
async function orStay(
  readings: Promise<Map<string, Reading>>,
  userId: string,
  mayStay: boolean,
): Promise<Reading | "gone" | "unknown"> {
  try {
    return (await readings).get(userId) ?? "gone";
  } catch (error) {
    if (mayStay && isDatabaseAway(error)) return "unknown";
    throw error;
  }
}
