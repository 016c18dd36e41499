import { hostname } from "node:os";
import { z } from "zod";
import {
  count,
  isTrust,
  isWebhookSecret,
  listed,
  RESERVED_LIST,
  returnUrl,
  secrets,
  url,
  whole,
} from "./env-values.ts";
import { brand } from "./brand.ts";
import { HOST_NAME } from "./greeting-name.ts";
import { isSender } from "./is-sender.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** The secret of .env.example and npm run dev. */
export const DEVELOPMENT_SECRET = "development-only-secret-not-for-production";

/** The variables of a migration. */
export const databaseEnv = z.object({
  DATABASE_URL: url("postgres:", "postgresql:"),
  /** pg reads it if the URL has no `sslmode`. */
  PGSSLMODE: z
    .string()
    .refine((mode) => mode !== "no-verify", "must not switch off the check of certificates")
    .optional(),
});

/** The variables of a worker. */
export const fullEnv = databaseEnv.extend({
  NODE_ENV: z.string().default("development"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be one of trace, debug, info, warn, error, fatal, silent",
    })
    .default("info"),
  /** See {@link parseRedisUrl}. */
  REDIS_URL: z.string("is missing").superRefine((value, context) => {
    try {
      parseRedisUrl(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
    }
  }),
  /**
   * Prefix of every Redis key, so that several installations can share one Redis. A cluster keeps
   * keys with the same part in braces together; see parseEnv of env.ts.
   */
  REDIS_PREFIX: z
    .string()
    .regex(/^(?=.)[\w-]*(\{[\w-]+\}[\w-]*)?$/, {
      error: "may hold only letters, digits, _ and -, and once a part in { }",
    })
    .default("enlist"),
  SMTP_URL: url("smtp:", "smtps:"),
  /** The sender of the mails; by default the one of enlist.config.ts. */
  MAIL_FROM: z.preprocess(
    (value) => value ?? brand.sender,
    z.string("is missing").refine(isSender, 'must look like "Acme <no-reply@example.com>"'),
  ),
  /** The EHLO name of workers; by default the host of APP_URL. */
  MAIL_HOSTNAME: z
    .string()
    .refine(
      (name) => HOST_NAME.test(name),
      "must be a host name with a domain, such as mail.example.com",
    )
    .optional(),
  /**
   * Whether the mail servers support non-ASCII characters before the @ (RFC 6531). The operator
   * must say so, because web cannot ask them.
   */
  SMTPUTF8: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
  /**
   * Which mail domains are refused. `reserved`: those that nobody can own. `dns`: also those that
   * take no mail according to DNS.
   */
  CHECK_MAIL_DOMAINS: z
    .enum(["dns", "reserved", "off"], { error: "must be dns, reserved or off" })
    .default("dns"),
  // Its host becomes ASCII: mails would encode another one, which folds the link.
  APP_URL: url("http:", "https:").transform((value) => new URL(value).href.replace(/\/+$/, "")),
  /** Links, codes and cookies are signed with the first, and verified with any of them. */
  APP_SECRET: secrets,
  /** Who may sign up: anyone, people with an invitation, or nobody. */
  SIGNUPS: z
    .enum(["open", "invited", "closed"], { error: "must be open, invited or closed" })
    .default("open"),
  /** Hours until an invitation expires, counted from its mail. */
  INVITATION_TTL_HOURS: count(336, 1, 8760),
  /** Whether people choose a username; without one, the address is the account's name. */
  USERNAMES: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  /** Whether people are asked for their name. */
  FULL_NAMES: z
    .enum(["required", "optional", "off"], { error: "must be required, optional or off" })
    .default("required"),
  /** Whether people must accept the terms, or only find a link to them. */
  TERMS: z.enum(["link", "accept"], { error: "must be link or accept" }).default("link"),
  /** Whether request rates are limited; `off` is for load tests. */
  RATE_LIMITS: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  /** Maximum sign-ups per client and hour. A client is an IPv4 address, or an IPv6 /64. */
  SIGNUPS_PER_HOUR: count(60, 1, 1_000_000),
  /** Maximum mails per client and hour; ten times as many per IPv6 /48. */
  MAILS_PER_HOUR: count(60, 1, 1_000_000),
  /** Maximum mails per hour for the whole installation, or `off`. */
  MAILS_PER_HOUR_TOTAL: z.preprocess(
    (value) => (value === "off" ? undefined : value),
    whole(1, 100_000_000).optional(),
  ),
  /** Usernames to reserve besides the built-in ones; `-name` frees one, `-*` all of them. */
  RESERVED_USERNAMES: z
    .string()
    .regex(RESERVED_LIST, {
      error: "must be names of a–z, 0–9 and _, with commas between them; -name frees one, -* all",
    })
    .default(""),
  /**
   * Which proxies may report the client's address: their number, or a list of addresses, networks,
   * or `loopback`, `linklocal`, `uniquelocal`. None by default.
   */
  TRUST_PROXY: z
    .string()
    .default("0")
    .refine(isTrust, "must be a number of proxies, or a list of addresses and networks"),
  /** Where the application hears of verified and deleted accounts; without it there are no events. */
  WEBHOOK_URL: url("http:", "https:").optional(),
  /** Signs the events. In a list each one signs, so that the application can change its secret. */
  WEBHOOK_SECRET: listed
    .refine((list) => list.every(isWebhookSecret), {
      error: "must be whsec_ and 24 to 64 random bytes in base64; commas separate several",
    })
    .optional(),
  /** Where people go on once they are verified; without it they stay on the last page. */
  RETURN_URL: returnUrl.optional(),
  /** What `return_to` may name besides RETURN_URL: each of these, and any path below it. */
  RETURN_URLS: listed.pipe(z.array(returnUrl)).default([]),
  /** The name of the application in "Continue to …"; by default the host of the address. */
  RETURN_NAME: z.string().max(60, "must have at most 60 characters").optional(),
  /** Where people sign in who have an account. */
  SIGN_IN_URL: url("http:", "https:").optional(),
  /** What the application swaps codes with; several for rotation. Without it there are no codes. */
  HANDOFF_SECRET: secrets
    .refine((list) => list.every((secret) => /^[\w.~+/-]+=*$/.test(secret)), {
      error: "may hold only letters, digits and -._~+/, as a bearer token does",
    })
    .optional(),
  /** The token with which Prometheus reads the metrics; without it, web exposes none. */
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  /** The password for the queues and the ledger on a worker's port; without it they are closed. */
  OPERATOR_PASSWORD: z.string().min(16, "must have at least 16 characters").optional(),
  /** The OTLP/HTTP endpoint for traces; none by default. OpenTelemetry defines the name. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url("http:", "https:").optional(),
  /** Maximum PostgreSQL connections per process. */
  DATABASE_POOL: count(10, 1, 1000),
  /**
   * Milliseconds that Redis may take to accept a job before the sign-up is rolled back. In total, a
   * person waits less than a second for the refusal.
   */
  ENQUEUE_TIMEOUT_MS: count(750, 50, 3000),
  /**
   * What happens to a sign-up if Redis takes no message. `refuse` rolls it back, because its mail
   * would be late. `owe` commits it, and a worker finds the job in PostgreSQL within seconds.
   */
  WHEN_REDIS_IS_AWAY: z
    .enum(["refuse", "owe"], { error: "must be refuse or owe" })
    .default("refuse"),
  /** Milliseconds before the first retry of a mail, doubled for each further one. */
  VERIFY_EMAIL_BACKOFF_MS: count(10_000, 1, 3_600_000),
  /** Hours until a verification link expires. */
  VERIFICATION_TTL_HOURS: count(24, 1, 8760),
  /** Hours that an unverified sign-up reserves its username. */
  CLAIM_TTL_HOURS: count(168, 1, 8760),
  /** The port on which web listens. */
  PORT: count(3000, 1, 65_535),
  /**
   * The address on which web listens. Login shells, container engines and Kubernetes set it to the
   * machine's name, which does not mean that web should listen there only.
   */
  HOSTNAME: z
    .string()
    .default("0.0.0.0")
    .transform((name) => (name === hostname() ? "0.0.0.0" : name)),
  /**
   * Milliseconds that web keeps idle connections. Most proxies keep theirs for a minute, so wait
   * longer.
   */
  KEEP_ALIVE_TIMEOUT: count(75_000, 1, 3_600_000),
  /** The port for a worker's operator; 0 takes any free port, which the log names. */
  WORKER_PORT: count(9464, 0, 65_535),
  /** The address for that port: loopback, unless the operator is on another machine. */
  WORKER_HOST: z.string().default("127.0.0.1"),
  /** Mails that one worker process sends at once, each on a connection of its own. */
  CRITICAL_CONCURRENCY: count(15, 1, 1000),
  /** Milliseconds before an event's first retry; each further one doubles it, up to an hour. */
  EVENT_BACKOFF_MS: count(5000, 1, 3_600_000),
  /** Events (queue `default`) that a worker delivers at once. */
  DEFAULT_CONCURRENCY: count(5, 1, 1000),
  /** Milliseconds between a worker's polls of the job table, varied by a fifth. */
  JOB_POLL_MS: count(2000, 50, 60_000),
  /** Milliseconds without a renewal until another worker may take over a job. */
  JOB_LEASE_MS: count(30_000, 1000, 600_000),
});

/** Web sends no mail and no event, and has no operator pages, so it does not get their credentials. */
export const webEnv = fullEnv.omit({
  SMTP_URL: true,
  OPERATOR_PASSWORD: true,
  WEBHOOK_SECRET: true,
});

/** What the command that manages users needs. */
export const userEnv = databaseEnv.extend({ WEBHOOK_URL: fullEnv.shape.WEBHOOK_URL });

/** What the command that invites people needs. */
export const inviteEnv = databaseEnv.extend({
  SIGNUPS: fullEnv.shape.SIGNUPS,
  INVITATION_TTL_HOURS: fullEnv.shape.INVITATION_TTL_HOURS,
  CHECK_MAIL_DOMAINS: fullEnv.shape.CHECK_MAIL_DOMAINS,
  SMTPUTF8: fullEnv.shape.SMTPUTF8,
});
