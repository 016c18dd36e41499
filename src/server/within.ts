import type { RateLimit } from "./rate-limit.ts";
import { toRefusal } from "./to-refusal.ts";

/**
 * Does the work, where the limit allows this client or whatever else is counted another attempt.
 * One that failed through our fault does not count.
 * @throws {Refusal} TOO_MANY_REQUESTS where it does not; what `work` throws
 */
export async function within<T>(limit: RateLimit, who: string, work: () => Promise<T>): Promise<T> {
  await limit.count(who);
  try {
    return await work();
  } catch (error) {
    if (toRefusal(error)?.code === "SERVICE_UNAVAILABLE") await limit.uncount(who);
    throw error;
  }
}
