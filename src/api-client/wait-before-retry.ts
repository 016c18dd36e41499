import type { EnlistError } from "./enlist-error.ts";

/** How often a sign-up is sent at most. */
export const MAX_TRIES = 10;

/** Milliseconds before the second try; each further wait is twice as long, up to the maximum. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/**
 * The rule for sending a sign-up again: not after a refusal of its fields, and no sooner than the
 * server asks for.
 * @param tries how often it was sent
 * @param leftMs milliseconds in which another try may begin
 * @returns milliseconds to wait; undefined to give up. Part of it is random, so that clients spread out
 */
export function waitBeforeRetry(
  error: EnlistError,
  tries: number,
  leftMs: number,
): number | undefined {
  if (!error.isTemporary || tries >= MAX_TRIES) return undefined;
  const longest = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT);
  const wait = Math.max(longest * (0.5 + Math.random() / 2), error.retryAfterMs ?? 0);
  return wait <= leftMs ? wait : undefined;
}
