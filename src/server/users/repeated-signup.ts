import type { Knex } from "knex";
import type { Limits } from "../limits.ts";
import { Refusal } from "../refusal.ts";
import { isPassword } from "./hash-password.ts";
import { within } from "../within.ts";
import { toUser, type User, type UserRow } from "./user.ts";

/**
 * The user that an earlier attempt with this requestId created, or null where there was none.
 * The password must be the same: the id alone must not hand out the sign-up cookie.
 * @throws {Refusal} CONFLICT on `requestId` where it is not; TOO_MANY_REQUESTS where it is sent
 *   again and again, as each costs a hash and may be a guess
 */
export async function repeatedSignup(
  db: Knex,
  limits: Limits,
  requestId: string,
  password: string,
): Promise<User | null> {
  const row = await db<UserRow>("users").where({ signup_request_id: requestId }).first();
  if (!row) return null;
  const isSame = await within(async (count) => {
    await count(limits.repeats, requestId);
    return isPassword(row.password_hash, password);
  });
  if (isSame) return toUser(row);
  throw new Refusal(
    "CONFLICT",
    "An earlier attempt of yours had already gone through, with another password. Look for its mail in your inbox. To sign up anew, choose another username and send this again.",
    "requestId",
  );
}
