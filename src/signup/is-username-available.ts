import type { Knex } from "knex";
import { isReservedUsername } from "./reserved-usernames.ts";

/**
 * Whether a username is free and not reserved. This is advice for someone still typing; the unique
 * index decides at the insert.
 */
export async function isUsernameAvailable(
  { db, reserved }: { db: Knex; reserved: ReadonlySet<string> },
  username: string,
): Promise<boolean> {
  if (isReservedUsername(reserved, username)) return false;
  const taken = await db("users").where({ username }).first(db.raw("1"));
  return taken === undefined;
}
