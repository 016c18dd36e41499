import { Refusal } from "#src/platform/refusal.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { isDatabaseUnavailable } from "#src/platform/db.ts";
import { readStatuses, type Reading, type StatusDeps } from "./read-statuses.ts";

export interface StatusWatch {
  /**
   * Yields the sign-up's state at once and after every change, until it is verified. Waits while
   * the database is unavailable. Ends soon after `isOver` returns true.
   * @throws {Refusal} NOT_FOUND if the sign-up no longer exists
   */
  watch(userId: string, isOver: () => boolean): AsyncGenerator<SignupStatus, void>;
}

/** Milliseconds between two readings, plus this many for each sign-up that is read. */
const TICK = 500;
const TICK_EACH = 1;

/** Milliseconds to collect new watchers before their first reading. */
const FIRST_TICK = 20;

/**
 * Watches sign-ups on behalf of open pages. All are read in one query per tick, so that a thousand
 * pages cost little more than a few.
 */
export function createStatusWatch(deps: StatusDeps): StatusWatch {
  const read = (userIds: string[]) => readStatuses(deps, userIds);
  const first = collect(read, () => FIRST_TICK);
  const next = collect(read, (count) => TICK + count * TICK_EACH);
  return {
    async *watch(userId, isOver) {
      let shown = "";
      while (!isOver()) {
        const reading = shown ? await orUnknown(next(userId)) : await first(userId);
        if (reading === undefined) throw new Refusal("signup_gone");
        if (reading === "unknown" || reading.key === shown || isOver()) continue;
        shown = reading.key;
        yield reading.status();
        if (reading.stage === "verified") return;
      }
    },
  };
}

/**
 * Batches calls that arrive within a while into one.
 * @param wait milliseconds to wait for others, given the size of the last batch
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

/** While the database is unavailable, the page keeps what it shows. */
async function orUnknown(
  reading: Promise<Reading | undefined>,
): Promise<Reading | undefined | "unknown"> {
  try {
    return await reading;
  } catch (error) {
    if (isDatabaseUnavailable(error)) return "unknown";
    throw error;
  }
}
