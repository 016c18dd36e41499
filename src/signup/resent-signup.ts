import type { Knex } from "knex";
import * as z from "zod/mini";
import { count } from "#src/platform/metrics/measure.ts";
import { CHANGING_FIELDS, createUserSchemaOf } from "#src/shared/signup-schema.ts";
import type { Limits } from "./limits/limits.ts";
import { repeatedSignup } from "./repeated-signup.ts";
import type { User } from "./user.ts";

const CHANGING = new Set<unknown>(CHANGING_FIELDS);

const lasting = z.pick(createUserSchemaOf({ usernames: "off", fullNames: "off", terms: "link" }), {
  requestId: true,
  email: true,
  password: true,
});

/**
 * The user that an earlier attempt created when the form asked for other fields; null if there is
 * none. So a sign-up can still be sent again after the settings or the terms have changed.
 * @param raw the input that is refused now, with what is wrong in it
 * @throws {Refusal} as `repeatedSignup`
 */
export async function resentSignup(
  { db, limits }: { db: Knex; limits: Limits },
  raw: unknown,
  { issues }: z.core.$ZodError,
): Promise<User | null> {
  if (!issues.every(({ path }) => CHANGING.has(path[0]))) return null;
  const { data } = z.safeParse(lasting, raw);
  const earlier = data ? await repeatedSignup(db, limits, data) : null;
  if (earlier) count("enlist_signups_total", "repeated");
  return earlier;
}
