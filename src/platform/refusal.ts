/** The closed set of ways in which Enlist says no; each is the tRPC code of the same name. */
export type RefusalCode =
  | "BAD_REQUEST"
  | "CONFLICT"
  | "NOT_FOUND"
  | "PRECONDITION_FAILED"
  | "SERVICE_UNAVAILABLE"
  | "TOO_MANY_REQUESTS"
  | "UNAUTHORIZED";

/** A "no" with a reason that the person may read. Whatever is thrown otherwise is a defect of ours. */
export class Refusal extends Error {
  override name = "Refusal";
  /** Milliseconds after which the same request may succeed, where that is known. */
  retryAfterMs?: number;

  /**
   * @param message what happened and what to do next, for the person
   * @param field the input field to blame, where it is one
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

/** By name: Next bundles a class into each route that uses it, so one class may be several. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal";
}

/** Whether somebody was told to come again later, as they ask too often. */
export function isTooSoon(error: unknown): boolean {
  return isRefusal(error) && error.code === "TOO_MANY_REQUESTS";
}

/** Whether what somebody wants is not free. */
export function isConflict(error: unknown): boolean {
  return isRefusal(error) && error.code === "CONFLICT";
}

/** The same again would be taken, but not before so many milliseconds have passed. */
export function tooSoon(message: string, retryAfterMs: number, field?: string): Refusal {
  const refusal = new Refusal("TOO_MANY_REQUESTS", message, field);
  refusal.retryAfterMs = Math.ceil(retryAfterMs);
  return refusal;
}

/**
 * More come than can be served in a moment; nothing was begun, nor looked for: an earlier attempt may
 * have gone through. When to come again is drawn by lot, so that not all do at once.
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

/** It was rolled back, or never begun as Redis is unavailable: no row, no mail. */
export function nothingSaved(cause?: unknown): Refusal {
  return new Refusal(
    "SERVICE_UNAVAILABLE",
    "We can't do this right now. Nothing was saved; please try again in a moment.",
    undefined,
    { cause },
  );
}

/** A store failed at a point where the outcome is not known; sending again is safe all the same. */
export function outcomeUnknown(cause?: unknown): Refusal {
  return new Refusal(
    "SERVICE_UNAVAILABLE",
    "We lost the connection to our database. Please try again; sending it twice is safe.",
    undefined,
    { cause },
  );
}
