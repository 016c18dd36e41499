import type { RateLimit } from "./rate-limit.ts";
import { toRefusal } from "../to-refusal.ts";

/**
 * Counts one more of a client's, or whatever else's, tries or results.
 * @throws {Refusal} TOO_MANY_REQUESTS where the limit does not allow it
 */
export type Count = (limit: RateLimit, who: string) => Promise<void>;

/**
 * Does the work, which counts what it does. If it fails, as late as in the COMMIT, the results that
 * it has counted are taken back; tries only if it fails through our fault.
 * @throws what `work` throws
 */
export async function within<T>(work: (count: Count) => Promise<T>): Promise<T> {
  const counted: Parameters<Count>[] = [];
  try {
    return await work(async (limit, who) => {
      // A transaction that is tried again is still one attempt.
      if (counted.some(([other, whose]) => other === limit && whose === who)) return;
      await limit.count(who);
      counted.push([limit, who]);
    });
  } catch (error) {
    const isOurs = toRefusal(error)?.code === "SERVICE_UNAVAILABLE";
    const undone = counted.filter(([limit]) => isOurs || limit.counts === "results");
    await Promise.all(undone.map(([limit, who]) => limit.uncount(who)));
    throw error;
  }
}
