import type { Connection, Statement } from "./connection.ts";
import type { Keyed, StatementFor } from "./record.ts";
import { defineJob, type Backoff, type JobDefinition } from "./define-job.ts";

/** What a handler knows about its run, and the ways in which it can end the job itself. */
export interface Job {
  id: string;
  /** When the transaction began that enqueued it. */
  createdAt: Date;
  /** The number of this attempt, from 1, and the maximum. */
  attempt: number;
  attempts: number;
  /** Whether the previous worker was lost, perhaps after the effect but before recording it. */
  tookOver: boolean;
  /**
   * Aborts when the lease is lost or the time limit is over. Check it right before an irreversible
   * effect, or pass it on.
   */
  signal: AbortSignal;
  /**
   * Ends the job in a transaction of the handler's own, so that its work in PostgreSQL happens
   * exactly once. Call it first in the transaction. If that rolls back, the attempt has failed.
   * @throws {LeaseLost} if another worker has the job; the transaction can then only roll back
   */
  complete(tx: Connection): Promise<void>;
  /**
   * Ends the job together with one statement of yours, after an irreversible effect. It is retried
   * on any error until it succeeds, so write a statement that may run twice. Meanwhile this process
   * does not run the handler again.
   * @param statement an insert, update or delete; may begin with `with`
   * @returns the statement's rows
   */
  record<Row extends object = Record<string, unknown>>(statement: Statement): Promise<Row[]>;
  /**
   * Like `record`, but handlers that have finished in the same turn of the event loop share one
   * statement. It delays no lone job. If PostgreSQL refuses it, each is recorded alone.
   * @param statementFor makes the statement. Pass the same function each time, because only
   *   recordings by the same function are put together
   * @param key what the statement needs to know of this job, such as the id of its row
   * @returns the rows whose column `key` has this value
   */
  recordTogether<Row extends Keyed = Keyed>(
    statementFor: StatementFor,
    key: string,
  ): Promise<Row[]>;
}

/**
 * Runs one job. Returning marks it done. Throwing fails the attempt, which is retried after the
 * job's backoff. `NonRetryable` fails the job for good. `Unavailable`, `Interrupted`, a deadlock
 * and a serialization failure (40P01, 40001) cost no attempt.
 */
export type Handler<Payload> = (payload: Payload, job: Job) => Promise<unknown>;

/** A kind of job and its handler; made by {@link handle}. */
export interface Handling {
  definition: JobDefinition;
  handler: Handler<unknown>;
}

/**
 * Pairs a definition with its handler.
 * @param tuning overrides the definition's values, in this worker only
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
