/** Redis did not take the message, so the job was refused. Let the transaction roll back. */
export class EnqueueError extends Error {
  override name = "EnqueueError";
}

/** `enqueue` or `complete` got a pool, or a transaction that has ended. */
export class NotInTransaction extends Error {
  override name = "NotInTransaction";
  constructor(job: string, why: string) {
    super(`${job}: needs an open transaction: ${why}`);
  }
}

/** This job cannot be enqueued. The message names the job and the reason. */
export class InvalidJob extends Error {
  override name = "InvalidJob";
  constructor(job: string, why: string, options?: ErrorOptions) {
    super(`${job}: ${why}`, options);
  }
}

/** The table is missing, or belongs to another version of this library. */
export class SchemaError extends Error {
  override name = "SchemaError";
}

/** Another worker has taken this job over. Nothing that this run still does may count. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** Thrown by a handler to fail the job for good, without further attempts. */
export class NonRetryable extends Error {
  override name = "NonRetryable";
}

/**
 * Thrown by a handler that was told when to try again, by `Retry-After` for example. It costs an
 * attempt. The next one begins after the job's backoff, or after `ms` milliseconds if that is longer;
 * `maxMs` of the backoff bounds both.
 */
export class RetryLater extends Error {
  override name = "RetryLater";
  readonly ms: number;
  constructor(message: string, ms: number, options?: ErrorOptions) {
    super(message, options);
    this.ms = ms;
  }
}

/**
 * Thrown by a handler if a service that the job needs is unavailable. It costs no attempt. No job
 * of this name is taken until a probe succeeds: one job every few seconds.
 */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/**
 * Thrown by a handler that was interrupted through no fault of the job's, as by a lost connection.
 * It costs no attempt: the job runs again in a moment, as after a deadlock.
 */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/** Compares by name, because a bundler may put one class into a process more than once. */
export function isEnqueueError(error: unknown): error is EnqueueError {
  return error instanceof Error && error.name === "EnqueueError";
}
