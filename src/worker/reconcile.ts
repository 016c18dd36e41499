import type { Knex } from "knex";
import type { Jobs } from "#src/server/jobs/enqueue.ts";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import { transact, type Tx } from "#src/server/transact.ts";

export interface ReconcileDeps {
  db: Knex;
  jobs: Jobs;
  /** Milliseconds that a sign-up is left alone: until then its job is most likely under way. */
  afterMs: number;
  /** Ends the pass early; what is left is for the next one. */
  signal?: AbortSignal;
}

/** Marks this pass in PostgreSQL's table of advisory locks; any number that nobody else uses. */
const LOCK = 7_015_301;

/** Owed mails that one transaction looks at. */
const BATCH = 200;

interface OwedMail {
  verification_id: string;
  user_id: string;
  created_at: string;
}

/**
 * Puts back the job of every mail that is owed and has none, as after a loss of Redis: the table
 * of users is its own outbox. A job that exists in any state, failed for good included, is left
 * alone. One process at a time does this; the others find the lock taken and do nothing.
 * @returns how many jobs were put back
 * @throws {EnqueueError} where Redis is away; the next pass begins anew. What has been put back by
 *   then counts: its transaction is committed all the same
 */
export async function reconcile(deps: ReconcileDeps): Promise<number> {
  let restored = 0;
  let last: OwedMail | undefined;
  let failure: PromiseRejectedResult | undefined;
  do {
    const after = last;
    const batch = await transact(deps.db, async (tx) => {
      const owed = await lockOwed(tx, deps.afterMs, after);
      const put = await Promise.allSettled(
        owed.map((mail) =>
          deps.jobs.restore(tx, verifyEmail, { verificationId: mail.verification_id }),
        ),
      );
      restored += put.filter((job) => job.status === "fulfilled" && job.value).length;
      failure = put.find((job) => job.status === "rejected");
      return owed;
    });
    if (failure) throw failure.reason;
    last = batch.length === BATCH ? batch.at(-1) : undefined;
  } while (last && !deps.signal?.aborted);
  return restored;
}

/** The next owed mails in the order of sign-up; none where another process holds the lock. */
async function lockOwed(tx: Tx, afterMs: number, after?: OwedMail): Promise<OwedMail[]> {
  const lock = await tx.raw<{ rows: [{ mine: boolean; xid: string }] }>(
    "select pg_try_advisory_xact_lock(?) as mine, pg_current_xact_id()::text as xid",
    [LOCK],
  );
  const [{ mine, xid }] = lock.rows;
  if (!mine) return [];
  tx.xid = xid;
  const { rows } = await tx.raw<{ rows: OwedMail[] }>(
    `select u.id as user_id, u.created_at::text, v.id as verification_id
     from users u
     join email_verifications v on v.id = u.verification_id
     where u.verification_sent_at is null and u.email_verified_at is null
       and (u.created_at, u.id) > (:createdAt::timestamptz, :id::uuid)
       and v.created_at < now() - make_interval(secs => :seconds)
     order by u.created_at, u.id
     limit :limit
     for update of u skip locked`,
    {
      createdAt: after?.created_at ?? "-infinity",
      id: after?.user_id ?? "00000000-0000-0000-0000-000000000000",
      seconds: afterMs / 1000,
      limit: BATCH,
    },
  );
  return rows;
}
