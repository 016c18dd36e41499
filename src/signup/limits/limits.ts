import type { Env } from "#src/platform/env.ts";
import { createClientLimit } from "./client-limit.ts";
import { createRateLimit, UNLIMITED, type RateLimit, type RateLimitDeps } from "./rate-limit.ts";

const HOUR = 3600;

/** All rate limits in one place: docs/decisions/0011. */
export interface Limits {
  /** Per client: checking whether a username is free. More than anyone types in a minute. */
  usernameChecks: RateLimit;
  /** Per client: sign-ups that the schema refuses. More than anyone corrects in a minute. */
  wrongSignups: RateLimit;
  /** Per client: sign-ups that fail after their password was rated, and perhaps hashed. */
  failedSignups: RateLimit;
  /** Per client: sign-ups that succeed. */
  signups: RateLimit;
  /** Per requestId: repeating a sign-up that succeeded. */
  repeats: RateLimit;
  /**
   * Per user: signing up with an existing username, because each may be a guess at its password.
   */
  reclaims: RateLimit;
  /** Per client and address: signing up with one address. */
  signupsByEmail: RateLimit;
  /** Per address, from all clients: mails to it. */
  mails: RateLimit;
  /** Per client: mails to any address. */
  mailsByClient: RateLimit;
  /** For the whole installation: mails. */
  mailsInAll: RateLimit;
  /** Per sign-up: asking for another mail, or another address. */
  resends: RateLimit;
  /** Per verification: confirming with a password. */
  passwords: RateLimit;
  /** Per sign-up: codes for the application. */
  handOffs: RateLimit;
  /** Per client: swapping codes with a wrong secret. */
  wrongSecrets: RateLimit;
}

interface LimitsDeps extends RateLimitDeps {
  env: RateLimitDeps["env"] &
    Pick<Env, "SIGNUPS_PER_HOUR" | "MAILS_PER_HOUR" | "MAILS_PER_HOUR_TOTAL">;
}

/** Creates the limits of this installation. */
export function createLimits(deps: LimitsDeps): Limits {
  const { SIGNUPS_PER_HOUR, MAILS_PER_HOUR, MAILS_PER_HOUR_TOTAL } = deps.env;
  return {
    usernameChecks: createClientLimit(deps, {
      name: "username",
      counts: "tries",
      points: 60,
      seconds: 60,
      reason: "many_username_checks",
    }),
    wrongSignups: createClientLimit(deps, {
      name: "wrong-signup",
      counts: "tries",
      points: 60,
      seconds: 60,
      reason: "many_invalid_signups",
    }),
    failedSignups: createClientLimit(deps, {
      name: "failed-signup",
      counts: "tries",
      points: 120,
      seconds: 60,
      reason: "many_failed_signups",
    }),
    signups: createClientLimit(deps, {
      name: "signup",
      counts: "results",
      points: SIGNUPS_PER_HOUR,
      seconds: HOUR,
      reason: "many_signups",
    }),
    repeats: createRateLimit(deps, {
      name: "repeat",
      counts: "tries",
      points: 20,
      seconds: HOUR,
      reason: "many_repeats",
    }),
    reclaims: createRateLimit(deps, {
      name: "reclaim",
      counts: "tries",
      points: 10,
      seconds: HOUR,
      reason: "many_reclaims",
    }),
    signupsByEmail: createRateLimit(deps, {
      name: "signup-email",
      counts: "results",
      points: 5,
      seconds: HOUR,
      reason: "many_mails_to_address",
    }),
    mails: createRateLimit(deps, {
      name: "mail",
      counts: "results",
      points: 10,
      seconds: HOUR,
      reason: "many_mails_to_address",
    }),
    mailsByClient: createClientLimit(deps, {
      name: "mail-client",
      counts: "results",
      points: MAILS_PER_HOUR,
      seconds: HOUR,
      reason: "many_mails",
    }),
    mailsInAll:
      MAILS_PER_HOUR_TOTAL === undefined
        ? UNLIMITED
        : createRateLimit(deps, {
            name: "mail-total",
            counts: "results",
            points: MAILS_PER_HOUR_TOTAL,
            seconds: HOUR,
            reason: "many_mails_in_all",
          }),
    resends: createRateLimit(deps, {
      name: "resend",
      counts: "results",
      points: 10,
      seconds: HOUR,
      reason: "many_resends",
    }),
    passwords: createRateLimit(deps, {
      name: "password",
      counts: "tries",
      points: 10,
      seconds: HOUR,
      reason: "many_passwords",
    }),
    handOffs: createRateLimit(deps, {
      name: "hand-off",
      counts: "tries",
      points: 20,
      seconds: HOUR,
      reason: "many_hand_offs",
    }),
    wrongSecrets: createClientLimit(deps, {
      name: "wrong-secret",
      counts: "tries",
      points: 10,
      seconds: 60,
      reason: "many_wrong_secrets",
    }),
  };
}
