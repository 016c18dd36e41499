import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Env } from "#src/env.ts";
import type { RedisConnection } from "./redis.ts";
import { tooSoon } from "./refusal.ts";
import { pseudonymOf } from "./signed-id.ts";

/** Milliseconds that Redis may take to count; afterwards the process counts by itself. */
export const COUNT_TIMEOUT_MS = 200;

/** Counts one use of something by a client (client-address.ts). */
export type RateLimit = (client: string) => Promise<void>;

export interface RateLimitOptions {
  /** A connection of its own that gives up after COUNT_TIMEOUT_MS. */
  redis: RedisConnection;
  env: Pick<Env, "APP_SECRET" | "RATE_LIMITS" | "REDIS_PREFIX">;
  /** What is limited; part of the key in Redis. */
  name: string;
  /** How often a client may do it in so many seconds. */
  points: number;
  seconds: number;
}

/**
 * A limit that all web processes share. Redis has the client's address as a keyed hash only. While
 * Redis is away or slow, each process counts in its memory, and the limit holds for each by itself.
 * @returns what throws a Refusal TOO_MANY_REQUESTS, with when to come again, beyond the limit
 */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { redis, env, name, points, seconds } = options;
  if (env.RATE_LIMITS === "off") return async () => {};
  const limit = { points, duration: seconds, keyPrefix: `${env.REDIS_PREFIX}:limit:${name}` };
  const limiter = new RateLimiterRedis({
    ...limit,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(limit),
  });
  return async (client) => {
    try {
      await limiter.consume(pseudonymOf(env.APP_SECRET, client));
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over;
      throw tooSoon("You ask too often. Please wait a little.", over.msBeforeNext);
    }
  };
}
