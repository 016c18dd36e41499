import { call, type CallOptions } from "./call.ts";
import { EnlistError } from "./enlist-error.ts";
import { mintRequestId } from "./mint-request-id.ts";
import type { SignUpInput, User } from "./procedures.ts";
import type { Connection } from "./send.ts";
import { sleep } from "./sleep.ts";
import { waitBeforeRetry } from "./wait-before-retry.ts";

export interface Retry {
  error: EnlistError;
  /** How often the sign-up was sent so far. */
  tries: number;
  /** Milliseconds until it is sent again. */
  waitMs: number;
}

export interface SignUpOptions extends CallOptions {
  /** A UUID of this sign-up. Pass your own to go on with it after your process has ended. */
  requestId?: string | undefined;
  /** Milliseconds in which a try may begin, 60,000 by default; 0 sends once. */
  patienceMs?: number | undefined;
  /** Is called before each wait. */
  onRetry?: ((retry: Retry) => void) | undefined;
}

/**
 * Signs up, and sends the same sign-up again until it is answered. Its `requestId` stays the same,
 * so that it is made once even if answers get lost.
 * @throws {EnlistError} with the `requestId`, once it is refused or patience ends; the reason of
 *   `signal` if that aborted
 */
export async function signUp(
  connection: Connection,
  input: SignUpInput,
  { signal, requestId = mintRequestId(), patienceMs = 60_000, onRetry }: SignUpOptions = {},
): Promise<{ user: User }> {
  const deadline = performance.now() + patienceMs;
  for (let tries = 1; ; tries++) {
    try {
      return await call(connection, "createUser", { ...input, requestId }, { signal });
    } catch (error) {
      if (!(error instanceof EnlistError)) throw error;
      error.requestId = requestId;
      const waitMs = waitBeforeRetry(error, tries, deadline - performance.now());
      if (waitMs === undefined) throw error;
      onRetry?.({ error, tries, waitMs });
      await sleep(waitMs, signal);
    }
  }
}
