import { createRateLimit, type RateLimit, type RateLimitDeps } from "./rate-limit.ts";

const HOUR = 3600;

/** Everything that can be done too often, in one place: docs/decisions/0011. */
export interface Limits {
  /** By client: asking whether a username is free. More than anybody types in a minute. */
  usernameChecks: RateLimit;
  /** By client: sign-ups that the schema refuses. More than anybody mends in a minute. */
  wrongSignups: RateLimit;
  /** By client: signing up. */
  signups: RateLimit;
  /** By requestId: sending a sign-up again that has gone through. */
  repeats: RateLimit;
  /** By client, and address: signing up with one address. */
  signupsByEmail: RateLimit;
  /** By address, whoever asks: being mailed. */
  mails: RateLimit;
  /** By sign-up: asking for another mail, or another address. */
  renewals: RateLimit;
  /** By verification: confirming with a password. */
  passwords: RateLimit;
}

/** Makes the limits of this installation. */
export function createLimits(deps: RateLimitDeps & { env: { SIGNUPS_PER_HOUR: number } }): Limits {
  const mailed =
    "This address has been sent several mails in the last hour. Please look for them, also among the spam.";
  return {
    usernameChecks: createRateLimit(deps, {
      name: "username",
      points: 60,
      seconds: 60,
      refusal: "You ask too often.",
    }),
    wrongSignups: createRateLimit(deps, {
      name: "wrong-signup",
      points: 60,
      seconds: 60,
      refusal: "There were very many sign-ups with mistakes from your network.",
    }),
    signups: createRateLimit(deps, {
      name: "signup",
      points: deps.env.SIGNUPS_PER_HOUR,
      seconds: HOUR,
      refusal: "There were very many sign-ups from your network in the last hour.",
    }),
    repeats: createRateLimit(deps, {
      name: "repeat",
      points: 20,
      seconds: HOUR,
      refusal: "This sign-up has gone through, and has been sent again very often.",
    }),
    signupsByEmail: createRateLimit(deps, {
      name: "signup-email",
      points: 5,
      seconds: HOUR,
      refusal: mailed,
      field: "email",
    }),
    mails: createRateLimit(deps, {
      name: "mail",
      points: 10,
      seconds: HOUR,
      refusal: mailed,
      field: "email",
    }),
    renewals: createRateLimit(deps, {
      name: "renewal",
      points: 10,
      seconds: HOUR,
      refusal: "You have asked for many mails in the last hour.",
    }),
    passwords: createRateLimit(deps, {
      name: "password",
      points: 10,
      seconds: HOUR,
      refusal: "Those were ten passwords in an hour.",
      field: "password",
    }),
  };
}

/**
 * One address, however it is written: capitals and what follows a `+` lead to the same mailbox, and
 * with Google, which has most of them, dots.
 */
export function toMailbox(email: string): string {
  const [, local, host] = /^([^+]+).*(@.*)$/.exec(email.toLowerCase()) ?? [];
  if (local === undefined || host === undefined) return email.toLowerCase();
  const isGoogle = host === "@gmail.com" || host === "@googlemail.com";
  return isGoogle ? `${local.replaceAll(".", "")}@gmail.com` : local + host;
}
