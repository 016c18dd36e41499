import type { Knex } from "knex";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { foldAddress } from "./fold-address.ts";
import type { Limits } from "./limits/limits.ts";
import { isTooSoon } from "#src/platform/refusal.ts";
import { tallied } from "./limits/tally.ts";
import { isPassword } from "./hash-password.ts";
import { toUser, type User, type UserRow } from "./user.ts";

/**
 * The user with this username, if the caller is that user in another browser, with the same address
 * and password; null otherwise, and without a username. The password is checked whatever the address, so that timing and
 * answer reveal only that the username is taken. Too many tries also give null.
 * @throws {Refusal} SERVICE_UNAVAILABLE if the queue of passwords is full
 */
export async function reclaimSignup(
  db: Knex,
  limits: Limits,
  { username, email, password }: Pick<CreateUserInput, "username" | "email" | "password">,
): Promise<User | null> {
  // Without usernames, a wrong password would tell whether the address has an account.
  if (username === undefined) return null;
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
