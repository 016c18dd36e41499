import type { RateLimit } from "./rate-limit.ts";
import { toRefusal } from "./to-refusal.ts";

/**
 * Counts one more of a client's, or whatever else's, attempts.
 * @throws {Refusal} TOO_MANY_REQUESTS where the limit does not allow it
 */
type Count = (limit: RateLimit, who: string) => Promise<void>;

/**
 * Does the work, which counts what it does. What it has counted is taken back where it fails
 * through our fault, as late as in the COMMIT.
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
    if (toRefusal(error)?.code === "SERVICE_UNAVAILABLE")
      await Promise.all(counted.map(([limit, who]) => limit.uncount(who)));
    throw error;
  }
}
