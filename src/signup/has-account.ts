import type { Knex } from "knex";
import { foldAddress } from "./fold-address.ts";

/** Whether a verified account has this address. Its answer is for those who can read its mail. */
export async function hasAccount(db: Knex, email: string): Promise<boolean> {
  const account = await db("users")
    .whereRaw("lower(email) = ? and email_verified_at is not null", [foldAddress(email)])
    .first("id");
  return account !== undefined;
}
