import type { Knex } from "knex";

/** Claims that one statement deletes, so that none holds its locks for long. */
const BATCH = 500;

/**
 * Deletes the claims that nobody has verified in time, which frees their usernames; but for those whose
 * newest link still works, as somebody was told how long it would. Several
 * processes may do it at once: each takes what the others have not locked.
 * @param ttlHours hours that a claim lives
 * @returns how many claims were deleted
 */
export async function reap(db: Knex, ttlHours: number): Promise<number> {
  let total = 0;
  let deleted: number;
  do {
    const result = await db.raw<{ rowCount: number }>(
      `delete from users where id in (
         select id from users
         where email_verified_at is null and created_at < now() - make_interval(hours => :ttlHours)
           and not exists (select from email_verifications
                           where id = verification_id and expires_at > now())
         order by created_at limit :limit
         for update skip locked
       )`,
      { ttlHours, limit: BATCH },
    );
    deleted = result.rowCount;
    total += deleted;
  } while (deleted === BATCH);
  return total;
}
