import type { RateLimit } from "./rate-limit.ts";
import { toRefusal } from "../to-refusal.ts";

/** What one request has counted against its limits, so that it can be undone. */
export interface Tally {
  /**
   * Counts one more, but only once per limit and `who`, because a transaction may be retried.
   * @throws {Refusal} TOO_MANY_REQUESTS if the limit is exceeded
   */
  count: (limit: RateLimit, who: string) => Promise<void>;
  /**
   * Call this if the request fails, even at COMMIT. It undoes counted results, and counted tries
   * too if the failure is ours.
   */
  takeBack(cause: unknown): Promise<void>;
}

/** Starts counting for one request. */
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

/** Runs work that counts against limits, and undoes the counts if it fails. */
export async function tallied<T>(work: (count: Tally["count"]) => Promise<T>): Promise<T> {
  const tally = startTally();
  try {
    return await work(tally.count);
  } catch (error) {
    await tally.takeBack(error);
    throw error;
  }
}
