import type { Knex } from "knex";

/** Claims per statement, so that none holds its locks for long. */
const BATCH = 500;

/**
 * Deletes claims that were not verified in time, which frees their usernames. It keeps those whose
 * newest link still works, as its mail promised, and those whose mail is not sent yet. Several
 * processes may run it at once, because each skips locked rows.
 * @param ttlHours hours that a claim lives
 * @param signal stops early; the next call deletes the rest
 * @returns the number of deleted claims
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
