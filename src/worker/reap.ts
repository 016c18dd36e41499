import type { Knex } from "knex";

/** Claims that one statement deletes, so that none holds its locks for long. */
const BATCH = 500;

/**
 * Deletes the claims that nobody has verified in time, which frees their usernames; except those whose
 * newest link still works, as somebody was told how long it would, and those whose mail is still to be
 * sent. Several processes may do it at once: each takes what the others have not locked.
 * @param ttlHours hours that a claim lives
 * @param signal ends it early; what is left is for the next time
 * @returns how many claims were deleted
 */
export async function reap(db: Knex, ttlHours: number, signal?: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const result = await db.raw<{ rowCount: number }>(
      `delete from users where id in (
         select id from users
         where email_verified_at is null and created_at < now() - make_interval(hours => :ttlHours)
           and not exists (select from email_verifications v
                           where v.id = verification_id and v.expires_at > now())
           and not exists (select from tx_jobs j
                           where j.id = verification_id and j.finished_at is null)
         order by created_at limit :limit
         for update skip locked
       )`,
      { ttlHours, limit: BATCH },
    );
    total += result.rowCount;
    if (result.rowCount < BATCH || signal?.aborted) return total;
  }
}
