import type { RateLimit } from "./rate-limit.ts";
import { toRefusal } from "../to-refusal.ts";

/** What one request has counted against its limits. */
export interface Tally {
  /**
   * Counts one more, once per limit and `who`, as a transaction that is tried again is one attempt.
   * @throws {Refusal} TOO_MANY_REQUESTS if the limit does not allow it
   */
  count: (limit: RateLimit, who: string) => Promise<void>;
  /**
   * To be called if the request has failed, as late as in the COMMIT. Takes back the results that were
   * counted; tries only if it failed through our fault.
   */
  takeBack(cause: unknown): Promise<void>;
}

/** Begins to count for one request. */
export function startTally(): Tally {
  const counted: [RateLimit, string][] = [];
  return {
    async count(limit, who) {
      if (counted.some(([other, whose]) => other === limit && whose === who)) return;
      await limit.count(who);
      counted.push([limit, who]);
    },
    async takeBack(cause) {
      const isOurs = toRefusal(cause)?.code === "SERVICE_UNAVAILABLE";
      const undone = counted.filter(([limit]) => isOurs || limit.counts === "results");
      await Promise.all(undone.map(([limit, who]) => limit.uncount(who)));
    },
  };
}

/** Does the work, which counts what it does, and takes that back if it fails. */
export async function tallied<T>(work: (count: Tally["count"]) => Promise<T>): Promise<T> {
  const tally = startTally();
  try {
    return await work(tally.count);
  } catch (error) {
    await tally.takeBack(error);
    throw error;
  }
}
