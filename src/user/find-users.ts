import type { Knex } from "knex";
import { foldAddress } from "#src/signup/fold-address.ts";
import type { UserRow } from "#src/signup/user.ts";
import { canonicalAddress } from "#src/shared/canonical-address.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The users whom an operator means: by id, by username, or by address. An address may have several
 * claims besides a verified account, which comes first.
 * @param query as it was typed
 */
export async function findUsers(db: Knex, query: string): Promise<UserRow[]> {
  const users = db<UserRow>("users").orderByRaw("email_verified_at is null, created_at");
  const typed = query.trim();
  if (UUID.test(typed)) return users.where({ id: typed });
  if (!typed.includes("@")) return users.where({ username: typed.toLowerCase() });
  return users.whereRaw("lower(email) = ?", [foldAddress(canonicalAddress(typed))]);
}
