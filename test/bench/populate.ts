import { withClient } from "../servers/postgres.ts";
import { PASSWORD_HASH } from "./signups.ts";

/** Mails that are owed, whatever the number of users, as the server has asked to wait with them. */
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
                          verification_id, email_verified_at, created_at)
       select gen_random_uuid(), name, 'Ada Lovelace', name || '@example.com', $2, gen_random_uuid(),
              gen_random_uuid(), case when n > $3 and n % 10 > 0 then at + interval '1 minute' end, at
       from (select n, 'user_' || left(md5(n::text), 16) as name,
                    now() - interval '1 day' - n * interval '1 second' as at
             from generate_series(1, $1::int) n) person`,
      [size, PASSWORD_HASH, OWED],
    );
    await client.query(
      `insert into email_verifications (id, user_id, email, created_at, sent_at, expires_at, used_at)
       select verification_id, id, email, created_at,
              case when row_number() over (order by created_at desc) > $1
                then created_at + interval '1 second' end,
              created_at + interval '1 day', email_verified_at
       from users`,
      [OWED],
    );
    await client.query(
      `insert into tx_jobs (id, name, queue, payload, max_attempts, due_at, created_at, finished_at, outcome)
       select id, 'verify-email', 'critical', jsonb_build_object('verificationId', id), 10,
              case when sent_at is null then now() + interval '1 hour' else created_at end, created_at,
              sent_at, case when sent_at is not null then 'done' end
       from email_verifications`,
    );
    await client.query("vacuum (analyze) tx_jobs");
    await client.query("vacuum (analyze) users");
    await client.query("vacuum (analyze) email_verifications");
    await client.query("checkpoint");
  });
}
