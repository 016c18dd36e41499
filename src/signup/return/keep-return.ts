import type { Knex } from "knex";

/** What the application gave for the way back. */
export interface Return {
  returnTo?: string | undefined;
  state?: string | undefined;
}

/**
 * Keeps the way back with a sign-up that is sent again, if it gives one: the application knows only
 * the last state that it gave.
 */
export async function keepReturn(db: Knex, userId: string, given: Return): Promise<void> {
  const { returnTo = null, state = null } = given;
  if (returnTo === null && state === null) return;
  await db("users").where({ id: userId }).update({ return_to: returnTo, return_state: state });
}
