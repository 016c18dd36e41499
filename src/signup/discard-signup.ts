import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import { transact } from "#src/platform/transact.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { readLink } from "./verification.ts";

export interface DiscardSignupDeps {
  db: Knex;
  secrets: Secrets;
}

/**
 * "This was not me": deletes the claim on the address that a mail's link went to, which frees the
 * username. A claim that is gone, or has moved to another address, holds nothing of the person's.
 * @param token what the link carries; whoever has it can read the address's mail
 * @throws {Refusal} NOT_FOUND for a token that never was, PRECONDITION_FAILED where the account
 *   has been verified
 */
export async function discardSignup(
  { db, secrets }: DiscardSignupDeps,
  token: string,
): Promise<{ status: "discarded" }> {
  const id = readLink(secrets, token);
  const { rows } = await transact(db, (tx) =>
    tx.raw<{ rows: { verified: boolean }[] }>(
      `with claim as (
       select u.id, u.email_verified_at is not null as verified
       from email_verifications v join users u on u.id = v.user_id and u.email = v.email
       where v.id = :id
       for update of u -- so that whatever is just changing it comes before the look
     ), discarded as (
       delete from users u using claim where u.id = claim.id and u.email_verified_at is null
     )
     select verified from claim`,
      { id },
    ),
  );
  if (!rows[0]?.verified) return { status: "discarded" };
  throw new Refusal(
    "PRECONDITION_FAILED",
    "This account is verified, so it can no longer be deleted here.",
  );
}
