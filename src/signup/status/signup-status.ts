import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { isDatabaseAway } from "#src/platform/db.ts";
import { readStatuses, type Reading } from "./read-statuses.ts";
import { signupGone } from "../renew-verification-tx.ts";

export interface StatusWatch {
  /**
   * Yields where the sign-up stands, at once and whenever that changes, until it is verified.
   * A database that is away in between is waited for. Ends soon after `isOver` says so.
   * @throws {Refusal} NOT_FOUND where the sign-up is gone
   */
  watch(userId: string, isOver: () => boolean): AsyncGenerator<SignupStatus, void>;
}

/** Milliseconds between two readings, and how many more for each sign-up that is read. */
const TICK = 500;
const TICK_EACH = 1;

/** Milliseconds in which those who come at once are collected for their first reading. */
const FIRST_TICK = 20;

/**
 * Watches sign-ups for whoever waits for their mail. All who wait are read in one query a tick, so
 * that a thousand open pages, and a thousand that come back at once, cost no more than a few.
 */
export function createStatusWatch(deps: { db: Knex }): StatusWatch {
  const read = (userIds: string[]) => readStatuses(deps.db, userIds);
  const first = collect(read, () => FIRST_TICK);
  const next = collect(read, (count) => TICK + count * TICK_EACH);
  return {
    async *watch(userId, isOver) {
      let shown = "";
      while (!isOver()) {
        const reading = shown ? await orUnknown(next(userId)) : await first(userId);
        if (reading === undefined) throw signupGone();
        if (reading === "unknown" || reading.key === shown || isOver()) continue;
        shown = reading.key;
        yield reading.status();
        if (reading.stage === "verified") return;
      }
    },
  };
}

/**
 * Makes one call of those that come within a while.
 * @param wait milliseconds to wait for others, by how many the last call was for
 */
function collect(
  read: (userIds: string[]) => Promise<Map<string, Reading>>,
  wait: (lastCount: number) => number,
): (userId: string) => Promise<Reading | undefined> {
  const asking = new Set<string>();
  let lastCount = 0;
  let coming: Promise<Map<string, Reading>> | undefined;
  return async (userId) => {
    asking.add(userId);
    coming ??= sleep(wait(lastCount)).then(() => {
      const userIds = [...asking];
      lastCount = userIds.length;
      asking.clear();
      coming = undefined;
      return read(userIds);
    });
    return (await coming).get(userId);
  };
}

/** A database that is away tells nothing; what is shown stays. */
async function orUnknown(
  reading: Promise<Reading | undefined>,
): Promise<Reading | undefined | "unknown"> {
  try {
    return await reading;
  } catch (error) {
    if (isDatabaseAway(error)) return "unknown";
    throw error;
  }
}
