import type { Knex } from "knex";
import { APPLICATION_USER, toApplicationUser, type ApplicationUser } from "../application-user.ts";
import type { UserRow } from "../user.ts";
import { hashCode } from "./hand-off.ts";

/** A code that gives nobody, and why. */
export interface RefusedCode {
  refused: "unknown or used code" | "expired code" | "code of another state";
}

type Found = UserRow & { email_verified_at: Date; is_alive: boolean; is_of_state: boolean };

/**
 * Swaps a code for its user. The code is used up, whatever comes of it; of two swaps at once, one
 * gets the user.
 * @param state what the application gave, if it wants that compared
 */
export async function swapCode(
  db: Knex,
  { code, state }: { code: string; state?: string | undefined },
): Promise<{ user: ApplicationUser } | RefusedCode> {
  const { rows } = await db.raw<{ rows: Found[] }>(
    `with swapped as (
       delete from handoff_codes where code_hash = :hash
       returning user_id, expires_at > now() as is_alive
     )
     select ${APPLICATION_USER.map((column) => `u.${column}`).join(", ")}, is_alive,
       :state::text is null or u.return_state is not distinct from :state as is_of_state
     from swapped join users u on u.id = swapped.user_id and u.email_verified_at is not null`,
    { hash: hashCode(code), state: state ?? null },
  );
  const user = rows[0];
  if (!user) return { refused: "unknown or used code" };
  if (!user.is_alive) return { refused: "expired code" };
  if (!user.is_of_state) return { refused: "code of another state" };
  return { user: toApplicationUser(user) };
}
