import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Env } from "#src/platform/env.ts";
import type { RedisConnection } from "#src/platform/redis.ts";
import { tooSoon } from "#src/platform/refusal.ts";
import { pseudonymOf } from "#src/platform/signed-id.ts";

/** Milliseconds that Redis may take to count; afterwards the process counts by itself. */
export const COUNT_TIMEOUT_MS = 100;

/** How often something may be done. */
export interface RateLimitRule {
  /** Part of the key in Redis. */
  name: string;
  /** `tries` count whatever comes of them; `results` only if there is one: see tally.ts. */
  counts: "tries" | "results";
  points: number;
  seconds: number;
  /** What happened, for the person; when to come again is told besides. */
  refusal: string;
  /** The input field to blame, where it is one. */
  field?: string;
}

/** Counts what somebody does, and says no beyond the rule. */
export interface RateLimit extends Pick<RateLimitRule, "counts"> {
  /**
   * Counts one more.
   * @param who a client, an address, an id: Redis has it as a keyed hash only
   * @throws {Refusal} TOO_MANY_REQUESTS beyond the limit, with when to come again
   */
  count(who: string): Promise<void>;
  /** Counts one less, as nothing came of it. Never throws. */
  uncount(who: string): Promise<void>;
  /** Counts nothing. @throws {Refusal} as `count`, if one more would be beyond the limit */
  assertLeft(who: string): Promise<void>;
  /** How many are counted at the moment, of how many at most; undefined if nothing is limited. */
  usage(who: string): Promise<{ used: number; most: number } | undefined>;
}

/** What is not limited at all. */
export const UNLIMITED: RateLimit = {
  counts: "tries",
  count: async () => {},
  uncount: async () => {},
  assertLeft: async () => {},
  usage: async () => undefined,
};

/** What all limits share. */
export interface RateLimitDeps {
  /** A connection of its own that gives up after COUNT_TIMEOUT_MS. */
  redis: RedisConnection;
  env: Pick<Env, "APP_SECRET" | "RATE_LIMITS" | "REDIS_PREFIX">;
}

/**
 * A limit that all web processes share. While Redis is away or slow, each process counts in its
 * memory, and the limit holds for each by itself.
 */
export function createRateLimit({ redis, env }: RateLimitDeps, rule: RateLimitRule): RateLimit {
  const { name, counts, points, seconds, refusal, field } = rule;
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
        // The limiter has counted this one as well, of which there is no result.
        if (counts === "results") await uncount(who);
        throw tooSoon(refusal, over.msBeforeNext, field);
      }
    },
    uncount,
    async assertLeft(who) {
      const now = await limiter.get(keyOf(who));
      if (now && now.consumedPoints >= points) throw tooSoon(refusal, now.msBeforeNext, field);
    },
    async usage(who) {
      const now = await limiter.get(keyOf(who));
      return { used: Math.max(0, now?.consumedPoints ?? 0), most: points };
    },
  };
}
