import type { Knex } from "knex";
import type { Jobs } from "../jobs/enqueue.ts";
import { verifyEmail } from "../jobs/registry.ts";
import { metrics } from "./registry.ts";

export interface StoresDeps {
  /** As for readiness: a pool of its own. */
  db: Knex;
  jobs: Pick<Jobs, "summary">;
}

/** Milliseconds that a reading serves for, however many ask: two Prometheis ask at about the same time. */
const FRESH_MS = 1000;

/**
 * Reads what the stores say for the gauges, when somebody asks and not otherwise. A store that is
 * away is 0 in `enlist_store_up`, and what it would have said is left out rather than stale.
 * @returns what brings the gauges up to date, and never throws
 */
export function createStoresReader({ db, jobs }: StoresDeps): () => Promise<void> {
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    const summary = await jobs.summary().catch(() => undefined);
    const owed = await readOwed(db, summary?.failed ?? []).catch(() => undefined);
    const { gauges } = metrics();
    gauges.enlist_store_up.set({ store: "redis" }, summary ? 1 : 0);
    gauges.enlist_store_up.set({ store: "postgres" }, owed ? 1 : 0);
    gauges.enlist_queue_jobs.reset();
    for (const [queue, counts] of Object.entries(summary?.counts ?? {})) {
      for (const [state, jobsIn] of Object.entries(counts)) {
        gauges.enlist_queue_jobs.set({ queue, state }, jobsIn);
      }
    }
    gauges.enlist_mails_owed.remove();
    gauges.enlist_mails_owed_oldest_seconds.remove();
    if (owed) gauges.enlist_mails_owed.set(owed.count);
    // Without Redis nobody knows which of them have been refused for good.
    if (owed && summary) gauges.enlist_mails_owed_oldest_seconds.set(owed.oldest);
  };
  const forget = () => void setTimeout(() => (reading = undefined), FRESH_MS).unref();
  return () => (reading ??= read().finally(forget));
}

/** Owed mails that are looked at, those of the oldest sign-ups first: a reading stays cheap on the worst day. */
const LIMIT = 10_000;

/**
 * The mails that are owed, by the partial index users_mail_owed: what it costs goes by their number,
 * not by that of all users.
 * @param failed the jobs that have failed for good, which do not count as late
 */
async function readOwed(db: Knex, failed: string[]): Promise<{ count: number; oldest: number }> {
  const prefix = verifyEmail.jobId({ verificationId: "" });
  const { rows } = await db.raw<{ rows: [{ count: number; oldest: number | null }] }>(
    `with owed as (
       select verification_id as id from users
       where verification_sent_at is null and email_verified_at is null
       order by created_at limit :limit
     ), failed as (
       select unnest(:failed::text[]) as id
     )
     select count(*)::int as count,
            extract(epoch from now() - min(v.created_at) filter (where f.id is null))::float8 as oldest
     from owed
     left join email_verifications v on v.id = owed.id
     left join failed f on f.id = v.id::text`,
    { failed: failed.map((id) => id.replace(prefix, "")), limit: LIMIT },
  );
  const [{ count, oldest }] = rows;
  return { count, oldest: oldest ?? 0 };
}
