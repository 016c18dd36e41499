/** All reasons for which Enlist refuses a request; each is the tRPC code of the same name. */
export type RefusalCode =
  | "BAD_REQUEST"
  | "CONFLICT"
  | "NOT_FOUND"
  | "PRECONDITION_FAILED"
  | "SERVICE_UNAVAILABLE"
  | "TOO_MANY_REQUESTS"
  | "UNAUTHORIZED";

/** A refusal with a reason that the person may read. Any other error is a defect of ours. */
export class Refusal extends Error {
  override name = "Refusal";
  /** Milliseconds after which the same request may succeed, if known. */
  retryAfterMs?: number;

  /**
   * @param message what happened and what to do next, for the person
   * @param field the input field to blame, if any
   */
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly field?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Compares by name, because Next bundles a copy of the class into each route. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal";
}

/** Whether the caller exceeded a rate limit. */
export function isTooSoon(error: unknown): boolean {
  return isRefusal(error) && error.code === "TOO_MANY_REQUESTS";
}

/** Whether the requested value is taken. */
export function isConflict(error: unknown): boolean {
  return isRefusal(error) && error.code === "CONFLICT";
}

/** A refusal to be repeated after `retryAfterMs` milliseconds. */
export function tooSoon(message: string, retryAfterMs: number, field?: string): Refusal {
  const refusal = new Refusal("TOO_MANY_REQUESTS", message, field);
  refusal.retryAfterMs = Math.ceil(retryAfterMs);
  return refusal;
}

/**
 * Overload: nothing was started, and earlier attempts were not looked up, so one may have
 * succeeded. The pause is random, so that clients spread out.
 */
export function busy(cause?: unknown): Refusal {
  const refusal = new Refusal(
    "SERVICE_UNAVAILABLE",
    "We're very busy right now. Please try again in a moment; sending it twice is safe.",
    undefined,
    { cause },
  );
  refusal.retryAfterMs = 1000 * Math.ceil(3 * Math.random());
  return refusal;
}

/** The request was rolled back, or never begun because Redis is unavailable: no row, no mail. */
export function nothingSaved(cause?: unknown): Refusal {
  return new Refusal(
    "SERVICE_UNAVAILABLE",
    "We can't do this right now. Nothing was saved; please try again in a moment.",
    undefined,
    { cause },
  );
}

/** PostgreSQL failed when the outcome was unknown. Sending again is safe. */
export function outcomeUnknown(cause?: unknown): Refusal {
  return new Refusal(
    "SERVICE_UNAVAILABLE",
    "We lost the connection to our database. Please try again; sending it twice is safe.",
    undefined,
    { cause },
  );
}
