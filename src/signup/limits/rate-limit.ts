import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Env } from "#src/platform/env.ts";
import type { RedisConnection } from "#src/platform/redis.ts";
import { Refusal } from "#src/platform/refusal.ts";
import type { Reason } from "#src/platform/refusals.ts";
import { pseudonymOf } from "#src/platform/signed-id.ts";

/** Milliseconds to wait for Redis. After that the process counts in its own memory. */
export const COUNT_TIMEOUT_MS = 100;

/** A rate limit: at most `points` per `seconds`. */
export interface RateLimitRule {
  /** Part of the key in Redis. */
  name: string;
  /** `tries` count always, `results` only if the request succeeds: see tally.ts. */
  counts: "tries" | "results";
  points: number;
  seconds: number;
  /** Why a request beyond the limit is refused. */
  reason: Reason;
}

/** Counts events per caller, and refuses those beyond the rule. */
export interface RateLimit extends Pick<RateLimitRule, "counts"> {
  /**
   * Counts one more.
   * @param who a client, an address or an id; Redis stores only a keyed hash of it
   * @throws {Refusal} TOO_MANY_REQUESTS beyond the limit, saying when to try again
   */
  count(who: string): Promise<void>;
  /** Undoes one count. Never throws. */
  uncount(who: string): Promise<void>;
  /** Counts nothing. @throws {Refusal} as `count`, if one more would exceed the limit */
  assertLeft(who: string): Promise<void>;
  /** The current count and the maximum; undefined if there is no limit. */
  usage(who: string): Promise<{ used: number; most: number } | undefined>;
}

/** A limit that allows everything. */
export const UNLIMITED: RateLimit = {
  counts: "tries",
  count: async () => {},
  uncount: async () => {},
  assertLeft: async () => {},
  usage: async () => undefined,
};

/** Shared by all limits. */
export interface RateLimitDeps {
  /** A separate connection that gives up after COUNT_TIMEOUT_MS. */
  redis: RedisConnection;
  env: Pick<Env, "APP_SECRET" | "RATE_LIMITS" | "REDIS_PREFIX">;
}

/**
 * Creates a limit that all web processes share. If Redis is unavailable or slow, each process
 * counts in its own memory, and the limit holds per process.
 */
export function createRateLimit({ redis, env }: RateLimitDeps, rule: RateLimitRule): RateLimit {
  const { name, counts, points, seconds, reason } = rule;
  if (env.RATE_LIMITS === "off") return UNLIMITED;
  const limit = { points, duration: seconds, keyPrefix: `${env.REDIS_PREFIX}:limit:${name}` };
  const limiter = new RateLimiterRedis({
    ...limit,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(limit),
  });
  const keyOf = (who: string) => pseudonymOf(env.APP_SECRET, who);
  const uncount = async (who: string) => {
    await limiter.reward(keyOf(who)).catch(() => {});
  };
  return {
    counts,
    async count(who) {
      try {
        await limiter.consume(keyOf(who));
      } catch (over) {
        if (!(over instanceof RateLimiterRes)) throw over;
        // The limiter counted this refused one too; only results count.
        if (counts === "results") await uncount(who);
        throw new Refusal(reason, { retryAfterMs: over.msBeforeNext });
      }
    },
    uncount,
    async assertLeft(who) {
      const now = await limiter.get(keyOf(who));
      if (!now || now.consumedPoints < points) return;
      throw new Refusal(reason, { retryAfterMs: now.msBeforeNext });
    },
    async usage(who) {
      const now = await limiter.get(keyOf(who));
      return { used: Math.max(0, now?.consumedPoints ?? 0), most: points };
    },
  };
}
