import type { Knex } from "knex";
import { isReserved } from "./reserved-usernames.ts";

/**
 * Whether anyone may take this username: it is not reserved, and nobody has it now, by the index that makes it unique. An answer for whoever is
 * still typing: the insert alone decides.
 */
export async function isUsernameAvailable(
  { db, reserved }: { db: Knex; reserved: ReadonlySet<string> },
  username: string,
): Promise<boolean> {
  if (isReserved(reserved, username)) return false;
  const taken = await db("users").where({ username }).first(db.raw("1"));
  return taken === undefined;
}
