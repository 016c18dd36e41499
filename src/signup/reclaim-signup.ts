import type { Knex } from "knex";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { foldAddress } from "./fold-address.ts";
import type { Limits } from "./limits/limits.ts";
import { isTooSoon } from "#src/platform/refusal.ts";
import { tallied } from "./limits/tally.ts";
import { isPassword } from "./hash-password.ts";
import { toUser, type User, type UserRow } from "./user.ts";

/**
 * The user who has this username, if they are the one who asks: they come again from another
 * browser, with the same address and password. Null if not, or if too many passwords were tried:
 * whoever does not know the password learns no more than that the username is taken. So the
 * password is checked whatever the address is, which takes as long either way.
 * @throws {Refusal} SERVICE_UNAVAILABLE if very many passwords wait to be checked
 */
export async function reclaimSignup(
  db: Knex,
  limits: Limits,
  { username, email, password }: Pick<CreateUserInput, "username" | "email" | "password">,
): Promise<User | null> {
  const row = await db<UserRow>("users").where({ username }).first();
  if (!row) return null;
  try {
    const isOwner = await tallied(async (count) => {
      await count(limits.reclaims, row.id);
      return isPassword(row.password_hash, password);
    });
    return isOwner && foldAddress(email) === foldAddress(row.email) ? toUser(row) : null;
  } catch (error) {
    if (isTooSoon(error)) return null;
    throw error;
  }
}
