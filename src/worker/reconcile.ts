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
  userId: string;
  verificationId: string;
  createdAt: string;
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
      const owed = await findOwed(tx, deps.afterMs, after);
      const missing = await deps.jobs.missing(verifyEmail, owed);
      const put = await Promise.allSettled(
        (await lock(tx, missing)).map((mail) => deps.jobs.enqueue(tx, verifyEmail, mail)),
      );
      restored += put.filter((job) => job.status === "fulfilled").length;
      failure = put.find((job) => job.status === "rejected");
      return owed;
    });
    if (failure) throw failure.reason;
    last = batch.length === BATCH ? batch.at(-1) : undefined;
  } while (last && !deps.signal?.aborted);
  return restored;
}

/** The next owed mails in the order of sign-up; none where another process holds the lock. */
async function findOwed(tx: Tx, afterMs: number, after?: OwedMail): Promise<OwedMail[]> {
  const { rows } = await tx.raw<{ rows: [{ mine: boolean }] }>(
    "select pg_try_advisory_xact_lock(?) as mine",
    [LOCK],
  );
  if (!rows[0].mine) return [];
  const owed = await tx.raw<{ rows: OwedMail[] }>(
    `select u.id as "userId", v.id as "verificationId", u.created_at::text as "createdAt"
     from users u
     join email_verifications v on v.id = u.verification_id
     where u.verification_sent_at is null and u.email_verified_at is null
       and (u.created_at, u.id) > (:createdAt::timestamptz, :id::uuid)
       and v.created_at < now() - make_interval(secs => :seconds)
     order by u.created_at, u.id
     limit :limit`,
    {
      createdAt: after?.createdAt ?? "-infinity",
      id: after?.userId ?? "00000000-0000-0000-0000-000000000000",
      seconds: afterMs / 1000,
      limit: BATCH,
    },
  );
  return owed.rows;
}

/**
 * Those of these mails that are still owed, their users locked, but for whom others have locked. To
 * lock is to write, so it is done to those alone whose job is gone, and it is they who need an xid.
 */
async function lock(tx: Tx, mails: OwedMail[]): Promise<{ verificationId: string }[]> {
  const [first, last] = [mails[0], mails.at(-1)];
  if (!first || !last) return [];
  const { rows } = await tx.raw<{ rows: { verificationId: string; xid: string }[] }>(
    `select verification_id as "verificationId", pg_current_xact_id()::text as xid
     from users
     where id = any(:ids::uuid[]) and verification_sent_at is null and email_verified_at is null
       and created_at between :first::timestamptz and :last::timestamptz -- Whichever index is used.
     for update skip locked`,
    {
      ids: `{${mails.map(({ userId }) => userId).join()}}`,
      first: first.createdAt,
      last: last.createdAt,
    },
  );
  if (rows[0]) tx.xid = rows[0].xid;
  return rows;
}
