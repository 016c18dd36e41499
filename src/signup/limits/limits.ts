import type { Env } from "#src/platform/env.ts";
import { toSite } from "#src/platform/client-address.ts";
import { foldAddress } from "../fold-address.ts";
import {
  createRateLimit,
  UNLIMITED,
  type RateLimit,
  type RateLimitDeps,
  type RateLimitRule,
} from "./rate-limit.ts";
import type { Tally } from "./tally.ts";

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

/** A limit per client. The /48 network of an IPv6 client gets ten times as much. */
function createClientLimit(deps: RateLimitDeps, rule: RateLimitRule): RateLimit {
  const own = createRateLimit(deps, rule);
  const ofSite = createRateLimit(deps, {
    ...rule,
    name: `${rule.name}-48`,
    points: 10 * rule.points,
  });
  return {
    ...own,
    async count(client) {
      await own.count(client);
      const site = toSite(client);
      if (site === undefined) return;
      try {
        await ofSite.count(site);
      } catch (over) {
        if (rule.counts === "results") await own.uncount(client);
        throw over;
      }
    },
    async uncount(client) {
      const site = toSite(client);
      await Promise.all([own.uncount(client), site && ofSite.uncount(site)]);
    },
    async assertLeft(client) {
      const site = toSite(client);
      await Promise.all([own.assertLeft(client), site && ofSite.assertLeft(site)]);
    },
  };
}

/** The key under which `mailsInAll` counts. */
export const INSTALLATION = "all";

/** The limits that apply to one mail. */
type MailLimits = Pick<Limits, "mails" | "mailsByClient" | "mailsInAll">;

/**
 * Counts one mail against the limits of its client, its address and the installation.
 * @param client as returned by toClient() of client-address.ts
 * @throws {Refusal} TOO_MANY_REQUESTS if any limit is exceeded
 */
export async function countMail(
  count: Tally["count"],
  { mails, mailsByClient, mailsInAll }: MailLimits,
  { client, email }: { client: string; email: string },
): Promise<void> {
  // In parallel, because Redis may be slow, and all to the end, so that each count can be undone.
  const counted = await Promise.allSettled([
    count(mailsByClient, client),
    count(mails, toMailbox(email)),
    count(mailsInAll, INSTALLATION),
  ]);
  const over = counted.find((one) => one.status === "rejected");
  if (over) throw over.reason;
}

/**
 * Maps spellings of an address to one mailbox. Case and anything after `+` are ignored, as are dots
 * at Google, the largest provider.
 */
export function toMailbox(email: string): string {
  const folded = foldAddress(email);
  const [, local, host] = /^([^+]+).*(@.*)$/.exec(folded) ?? [];
  if (local === undefined || host === undefined) return folded;
  const isGoogle = host === "@gmail.com" || host === "@googlemail.com";
  return isGoogle ? `${local.replaceAll(".", "")}@gmail.com` : local + host;
}
