import { withClient } from "../scripts/services/postgres.ts";
import { PASSWORD_HASH } from "./signups.ts";

/** Mails that are owed, whatever the number of users: what the reconciler has to look at. */
const OWED = 20;

/**
 * Fills a database with users as they would be after a while: nine of ten verified, the others mailed,
 * and a few owed a mail; each with the verification that the sign-up made.
 * @param url of a migrated database without users
 */
export async function populate(url: string, size: number): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("set synchronous_commit = off");
    await client.query("set session_replication_role = replica"); // No check of each reference.
    await client.query(
      `insert into users (id, username, full_name, email, password_hash, signup_request_id,
                          verification_id, verification_sent_at, email_verified_at, created_at)
       select gen_random_uuid(), name, 'Ada Lovelace', name || '@example.com', $2, gen_random_uuid(),
              gen_random_uuid(), case when n > $3 then at + interval '1 second' end,
              case when n > $3 and n % 10 > 0 then at + interval '1 minute' end, at
       from (select n, 'user_' || left(md5(n::text), 16) as name,
                    now() - interval '1 day' - n * interval '1 second' as at
             from generate_series(1, $1::int) n) person`,
      [size, PASSWORD_HASH, OWED],
    );
    await client.query(
      `insert into email_verifications (id, user_id, email, created_at, sent_at, expires_at, used_at)
       select verification_id, id, email, created_at, verification_sent_at,
              created_at + interval '1 day', email_verified_at
       from users`,
    );
    await client.query("vacuum (analyze) users");
    await client.query("vacuum (analyze) email_verifications");
    await client.query("checkpoint");
  });
}
