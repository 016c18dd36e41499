import { Redis } from "ioredis";
import knex from "knex";
import { fillBacklog } from "../bench/backlog.ts";
import type { ProxiedSystem } from "./system.ts";

/** The addresses of those who wait since before the campaign. */
const ADDRESS = "waiting-%@example.com";

/**
 * Signs up `count` people at once. Their mails are all due, as after a long outage of the mail server.
 * Their rows are inserted as createUserTx would, and each job has its message.
 */
export async function signUpBacklog(
  { databaseUrl, redisUrl }: ProxiedSystem,
  count: number,
): Promise<void> {
  const db = knex({ client: "pg", connection: databaseUrl }); // Without the deadlines of a service.
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  try {
    await db.raw(
      `with person as (
         insert into users (id, username, full_name, email, password_hash, signup_request_id, verification_id)
         select gen_random_uuid(), 'waiting_' || n, 'Somebody', replace(:address, '%', n::text), 'none',
                gen_random_uuid(), gen_random_uuid()
         from generate_series(1, :count::int) n
         returning id, email, verification_id)
       insert into email_verifications (id, user_id, email, expires_at)
       select verification_id, id, email, now() + interval '1 day' from person`,
      { address: ADDRESS, count },
    );
    const verifications = "select verification_id as id from users where username like 'waiting%'";
    await fillBacklog({ db, redis, prefix: "enlist", verifications });
  } finally {
    redis.disconnect();
    await db.destroy();
  }
}

/** Who of them has no mail. */
export function findForgotten(system: ProxiedSystem, users: { email: string }[]): string[] {
  const pattern = new RegExp(ADDRESS.replace("%", "\\d+"));
  return users
    .map(({ email }) => email)
    .filter((email) => pattern.test(email) && system.mailsTo(email).length === 0);
}
