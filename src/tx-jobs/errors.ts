/** Redis did not take the message, so the job was refused: let the transaction roll back. */
export class EnqueueError extends Error {
  override name = "EnqueueError";
}

/** `enqueue` or `complete` got a pool, or a transaction that is over. */
export class NotInTransaction extends Error {
  override name = "NotInTransaction";
  constructor(job: string, why: string) {
    super(`${job}: needs an open transaction: ${why}`);
  }
}

/** A job that cannot be enqueued as it is. The message names the job and what is wrong with it. */
export class InvalidJob extends Error {
  override name = "InvalidJob";
  constructor(job: string, why: string, options?: ErrorOptions) {
    super(`${job}: ${why}`, options);
  }
}

/** The table is missing, or was made by another version of this library. */
export class SchemaError extends Error {
  override name = "SchemaError";
}

/** Another worker has taken this job over; whatever this run still does must not count. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** Throw it in a handler: the job fails for good, without further attempts. */
export class NonRetryable extends Error {
  override name = "NonRetryable";
}

/**
 * Throw it in a handler if what the job needs is unavailable (a server refuses connections, say). It
 * costs no attempt. No job of this name is taken until a probe, one job every few seconds, succeeds.
 */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/**
 * Throw it in a handler that was interrupted by what is no fault of the job's (its connection to
 * PostgreSQL was lost, say). It costs no attempt: the job runs again in a moment, as after a deadlock.
 */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/** By name, as a bundler may put one class into a process more than once. */
export function isEnqueueError(error: unknown): error is EnqueueError {
  return error instanceof Error && error.name === "EnqueueError";
}
