import type { Language } from "#src/shared/languages.ts";
import type { RefusalReason } from "#src/texts/en/refusals.ts";
import type { RefusalValues } from "#src/texts/refusal-text.ts";
import { REFUSAL_TEXTS } from "#src/texts/refusal-texts.ts";
import { REFUSALS, type Reason, type RefusalCode } from "./refusals.ts";

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

  /** What the texts need to know. */
  readonly values: RefusalValues;

  /** @param reason a key of {@link REFUSALS}. The message is in English; see {@link textOf}. */
  constructor(
    readonly reason: Reason,
    { cause, retryAfterMs, ...values }: RefusalOptions = {},
  ) {
    const rule: (typeof REFUSALS)[Reason] = REFUSALS[reason];
    super(refusalText("en", reason, values), cause === undefined ? undefined : { cause });
    this.values = values;
    this.code = rule.code;
    this.field = "field" in rule ? rule.field : undefined;
    this.retryAfterMs = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs);
  }
}

/** What a person is told about a refusal, in their language. */
export function textOf({ reason, values }: Refusal, language: Language): string {
  return refusalText(language, reason, values);
}

/** The text for a reason, which may be one without a Refusal. */
export function refusalText(
  language: Language,
  reason: RefusalReason,
  values: RefusalValues = {},
): string {
  const text = REFUSAL_TEXTS[language][reason];
  return typeof text === "string" ? text : text(values);
}

/** Whether this is a key of {@link REFUSALS}. */
export function isReason(text: string): text is Reason {
  return Object.hasOwn(REFUSALS, text);
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
