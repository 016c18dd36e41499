import type { Knex } from "knex";

/**
 * Whether nobody has this username now, by the index that makes it unique. An answer for whoever is
 * still typing: the insert alone decides.
 */
export async function isUsernameAvailable(db: Knex, username: string): Promise<boolean> {
  const taken = await db("users").where({ username }).first(db.raw("1"));
  return taken === undefined;
}
