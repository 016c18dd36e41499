import { REFUSALS, type Reason, type RefusalCode, type RefusalValues } from "./refusals.ts";

interface RefusalOptions extends RefusalValues {
  /** Milliseconds after which the same request may succeed. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A refusal with a reason that the person may read. Any other error is a defect of ours. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: RefusalCode;
  /** The input field to blame, if it is one. */
  readonly field: string | undefined;
  /** Milliseconds after which the same request may succeed, if known. */
  readonly retryAfterMs: number | undefined;

  /** @param reason a key of {@link REFUSALS}, which stays the same if its text changes */
  constructor(
    readonly reason: Reason,
    { cause, retryAfterMs, ...values }: RefusalOptions = {},
  ) {
    const rule: (typeof REFUSALS)[Reason] = REFUSALS[reason];
    const text = typeof rule.text === "string" ? rule.text : rule.text(values);
    super(text, cause === undefined ? undefined : { cause });
    this.code = rule.code;
    this.field = "field" in rule ? rule.field : undefined;
    this.retryAfterMs = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs);
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

/**
 * Overload: nothing was started, and earlier attempts were not looked up, so one may have
 * succeeded. The pause is random, so that clients spread out.
 */
export function overloaded(cause?: unknown): Refusal {
  const retryAfterMs = 1000 * Math.ceil(3 * Math.random());
  return new Refusal("overloaded", { cause, retryAfterMs });
}
