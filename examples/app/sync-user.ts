import { pool } from "./pool.ts";

/**
 * Makes the user here follow Enlist's table, whose row is there from the verification to the deletion. So events
 * may come twice, late or in any order. What the user has changed here since, as the password, stays.
 * @returns whether the user is here
 */
export async function syncUser(id: string): Promise<boolean> {
  await pool.query(
    `with person as (
       select id, username, full_name, lower(email) as email, password_hash, created_at
       from public.users where id = $1 and email_verified_at is not null
     ), added as (
       insert into "user" (id, username, name, email, "emailVerified", "createdAt", "updatedAt")
       select id, username, coalesce(full_name, username, email), email, true, created_at, now()
       from person
       on conflict do nothing returning id
     )
     insert into account (id, "userId", "accountId", "providerId", password, "createdAt", "updatedAt")
     select id, id, id, 'credential', password_hash, created_at, now() from person join added using (id)`,
    [id],
  );
  // Afterwards, as the account may be deleted meanwhile. Sessions go with their user.
  await pool.query(
    `delete from "user" where id = $1 and not exists (select from public.users where id = $1)`,
    [id],
  );
  return (await pool.query(`select from "user" where id = $1`, [id])).rowCount === 1;
}
