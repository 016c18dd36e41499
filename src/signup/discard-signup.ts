import type { Knex } from "knex";
import { Refusal } from "#src/platform/refusal.ts";
import { transact } from "#src/platform/transact.ts";
import type { Secrets } from "#src/platform/signed-id.ts";
import { readVerificationLink } from "./verification.ts";

export interface DiscardSignupDeps {
  db: Knex;
  secrets: Secrets;
}

/**
 * "This was not me": deletes the claim on the address that the mail went to, which frees the
 * username. Does nothing if the claim is gone or has moved to another address.
 * @param token the link's token; its holder can read that address's mail
 * @throws {Refusal} NOT_FOUND for an unknown token, PRECONDITION_FAILED if the account is verified
 */
export async function discardSignup(
  { db, secrets }: DiscardSignupDeps,
  token: string,
): Promise<{ status: "discarded" }> {
  const id = readVerificationLink(secrets, token);
  const { rows } = await transact(db, (tx) =>
    tx.raw<{ rows: { verified: boolean }[] }>(
      `with claim as (
       select u.id, u.email_verified_at is not null as verified
       from email_verifications v join users u on u.id = v.user_id and u.email = v.email
       where v.id = :id
       for update of u -- waits for concurrent changes before reading
     ), discarded as (
       delete from users u using claim where u.id = claim.id and u.email_verified_at is null
     )
     select verified from claim`,
      { id },
    ),
  );
  if (!rows[0]?.verified) return { status: "discarded" };
  throw new Refusal("verified_not_deletable");
}
