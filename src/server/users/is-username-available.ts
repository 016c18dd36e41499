import type { Knex } from "knex";
import { createRateLimit, type RateLimit, type RateLimitOptions } from "../rate-limit.ts";

/** Sixty a minute: more than anybody types, fewer than it takes to list who is here. */
export function createUsernameLimit(
  redis: RateLimitOptions["redis"],
  env: RateLimitOptions["env"],
): RateLimit {
  return createRateLimit({ redis, env, name: "username", points: 60, seconds: 60 });
}

/**
 * Whether nobody has this username now, by the index that makes it unique. An answer for whoever is
 * still typing: the insert alone decides.
 */
export async function isUsernameAvailable(db: Knex, username: string): Promise<boolean> {
  const taken = await db("users").where({ username }).first(db.raw("1"));
  return taken === undefined;
}
