import type { Connection, Statement } from "./connection.ts";
import { defineJob, type Backoff, type JobDefinition } from "./define-job.ts";

/** What a handler knows of the run it is in, and the doors by which the run can end. */
export interface Job {
  id: string;
  /** This attempt, from 1 on, and how many there are at most. */
  attempt: number;
  attempts: number;
  /** Whether a worker was lost in an earlier run, perhaps behind its effect. */
  tookOver: boolean;
  /**
   * Aborts when the lease is lost or the time limit is over. Look at it right before an effect that
   * cannot be taken back, or pass it on.
   */
  signal: AbortSignal;
  /**
   * Door two: ends the job in a transaction of the handler's own, so that what it does in PostgreSQL
   * happens exactly once. Call it first in the transaction. If that rolls back, the attempt failed.
   * @throws {LeaseLost} if another worker has the job; the transaction can then only roll back
   */
  complete(tx: Connection): Promise<void>;
  /**
   * Door three: ends the job together with one statement of yours, after an effect that cannot be
   * taken back. It is tried until it succeeds, on any error, without end; the handler is not run
   * again while this process lives. Write it so that twice does no harm.
   * @param statement an insert, update or delete; may begin with `with`
   * @returns what it returns
   */
  record<Row extends object = Record<string, unknown>>(statement: Statement): Promise<Row[]>;
}

/**
 * Does one job. To return is door one: the job is done. To throw is to fail: `Unavailable` costs no
 * attempt, and neither does `Interrupted`, a deadlock or a serialization failure (40P01, 40001);
 * `NonRetryable` is for good; anything else is tried again after the job's backoff.
 */
export type Handler<Payload> = (payload: Payload, job: Job) => Promise<unknown>;

/** A kind of job and who does it; made by {@link handle}. */
export interface Handling {
  definition: JobDefinition;
  handler: Handler<unknown>;
}

/**
 * Pairs a definition with its handler.
 * @param tuning takes the place of the definition's
 * @throws {RangeError} as `defineJob`
 */
export function handle<Payload>(
  definition: JobDefinition<Payload>,
  handler: Handler<Payload>,
  tuning: { backoff?: Backoff; timeLimitMs?: number } = {},
): Handling {
  const backoff = { ...definition.backoff, ...tuning.backoff };
  return {
    definition: defineJob({ ...definition, ...tuning, backoff }),
    handler: handler as Handler<unknown>,
  };
}
