import type { Knex } from "knex";

/**
 * The right to hand over one mail, which a worker took by setting `sending_until`. PostgreSQL
 * keeps it, as the job's own lock goes with Redis, and the reconciler then makes a second job.
 */
export interface Lease {
  verificationId: string;
  /** The `sending_until` that this worker has set: nobody else has set the same. */
  until: string;
}

/**
 * Runs `work` and extends the lease as long as it takes. A lease whose worker dies runs out by
 * itself; one whose work fails is given back at once, for the next attempt.
 * @param ms milliseconds that the lease lives without being extended
 */
export async function withLease<T>(
  db: Knex,
  lease: Lease,
  ms: number,
  work: () => Promise<T>,
): Promise<T> {
  let { until } = lease;
  const set = async (seconds: number | null): Promise<void> => {
    const { rows } = await db.raw<{ rows: { until: string }[] }>(
      `update email_verifications set sending_until = now() + make_interval(secs => :seconds)
       where id = :id and sending_until = :until::timestamptz
       returning sending_until::text as until`,
      { id: lease.verificationId, until, seconds },
    );
    until = rows[0]?.until ?? until;
  };
  let extension = Promise.resolve();
  const extend = () => {
    // A database that is away: the lease may run out, and the mail may be sent by another as well.
    extension = set(ms / 1000).catch(() => {});
  };
  const extending = setInterval(extend, ms / 2);
  try {
    return await work();
  } catch (error) {
    clearInterval(extending);
    await extension; // It must know what the lease is by now, to give that back.
    await set(null).catch(() => {});
    throw error;
  } finally {
    clearInterval(extending);
  }
}
