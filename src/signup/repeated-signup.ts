import type { Knex } from "knex";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { foldAddress } from "./fold-address.ts";
import type { Limits } from "./limits/limits.ts";
import { Refusal } from "#src/platform/refusal.ts";
import { isPassword } from "./hash-password.ts";
import { tallied } from "./limits/tally.ts";
import { toUser, type User, type UserRow } from "./user.ts";

type Signup = Pick<CreateUserInput, "requestId" | "username" | "email" | "password" | "invitation">;

/**
 * The user that an earlier attempt with this requestId created, or null. The password and either
 * the username or the address must match (with an invitation, the address), because people copy ids and passwords from examples.
 * @throws {Refusal} CONFLICT on `requestId` if they differ; TOO_MANY_REQUESTS if repeated too
 *   often, because each try costs a hash and may be a guess
 */
export async function repeatedSignup(
  db: Knex,
  limits: Limits,
  { requestId, username, email, password, invitation }: Signup,
): Promise<User | null> {
  const row = await db<UserRow>("users").where({ signup_request_id: requestId }).first();
  if (!row) return null;
  const isPasswordSame = await tallied(async (count) => {
    await count(limits.repeats, requestId);
    return isPassword(row.password_hash, password);
  });
  // An invitation is for one address.
  const hasName = username !== undefined && row.username === username;
  const isSame =
    (hasName && invitation === undefined) || foldAddress(row.email) === foldAddress(email);
  if (isPasswordSame && isSame) return toUser(row);
  throw new Refusal("request_id_used");
}
