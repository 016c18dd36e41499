import { hostname } from "node:os";
import { z } from "zod";
import { parseTrust } from "./client-address.ts";
import { HOST_NAME } from "./greeting-name.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** What RESERVED_USERNAMES may say: names with commas between them; `-name` frees one, `-*` all that are built in. */
const RESERVED_LIST = /^(-?[a-z0-9_]+|-\*)(\s*,\s*(-?[a-z0-9_]+|-\*))*$/;

const DEVELOPMENT_SECRET = "development-only-secret-not-for-production";

const url = (...protocols: string[]) =>
  z
    .string("is missing")
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
    )
    .refine(
      (value) => !/sslmode=no-verify|uselibpqcompat|rejectUnauthorized=(false|0)/i.test(value),
      "must not switch off the check of certificates; NODE_EXTRA_CA_CERTS names an authority of your own",
    );

const whole = (min: number, max: number) =>
  z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

const count = (byDefault: number, min: number, max: number) => whole(min, max).default(byDefault);

const isTrust = (value: string) => {
  try {
    parseTrust(value);
    return true;
  } catch {
    return false;
  }
};

const databaseEnv = z.object({
  DATABASE_URL: url("postgres:", "postgresql:"),
  /** pg reads it where the URL has no `sslmode`. */
  PGSSLMODE: z
    .string()
    .refine((mode) => mode !== "no-verify", "must not switch off the check of certificates")
    .optional(),
});

const fullEnv = databaseEnv.extend({
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
   * Every Redis key begins with it; it lets several installations share one Redis. A cluster keeps
   * together what has the same part in braces; see {@link parseEnv}.
   */
  REDIS_PREFIX: z
    .string()
    .regex(/^(?=.)[\w-]*(\{[\w-]+\}[\w-]*)?$/, {
      error: "may hold only letters, digits, _ and -, and once a part in { }",
    })
    .default("enlist"),
  SMTP_URL: url("smtp:", "smtps:"),
  MAIL_FROM: z
    .string("is missing")
    .regex(/^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/, {
      error: 'must look like "Enlist <no-reply@example.com>"',
    }),
  /** The name by which workers greet mail servers; by default the host of APP_URL. */
  MAIL_HOSTNAME: z
    .string()
    .refine(
      (name) => HOST_NAME.test(name),
      "must be a host name with a domain, such as mail.example.com",
    )
    .optional(),
  /**
   * Whether the mail server, and those behind it, send to addresses with letters other than ASCII's
   * before the @ (RFC 6531). Web cannot ask it, so the operator says so.
   */
  SMTPUTF8: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
  /**
   * Which domains are refused: by `reserved`, those that nobody can have; by `dns`, also those of which
   * DNS says that they take no mail.
   */
  CHECK_MAIL_DOMAINS: z
    .enum(["dns", "reserved", "off"], { error: "must be dns, reserved or off" })
    .default("dns"),
  // Its host in ASCII: in a mail, another one would be encoded, and the link folded.
  APP_URL: url("http:", "https:").transform((value) => new URL(value).href.replace(/\/+$/, "")),
  /** The first signs links, codes and cookies; each of them is good for checking. */
  APP_SECRET: z
    .string("is missing")
    .transform((list) => list.split(",").map((secret) => secret.trim()))
    .refine((list) => list.every((secret) => secret.length >= 32), {
      error: "must have at least 32 characters; each of them, where commas part several",
    })
    .transform((list) => list as [string, ...string[]]),
  /** Whether clients are kept from asking too often; `off` is for load tests. */
  RATE_LIMITS: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  /** Sign-ups that one client may make in an hour: an IPv4 address, or a /64 of IPv6. */
  SIGNUPS_PER_HOUR: count(60, 1, 1_000_000),
  /** Mails that one client may have sent in an hour; ten times as many for a /48 of IPv6. */
  MAILS_PER_HOUR: count(60, 1, 1_000_000),
  /** Mails that this whole installation may send in an hour; `off` for any number. */
  MAILS_PER_HOUR_TOTAL: z.preprocess(
    (value) => (value === "off" ? undefined : value),
    whole(1, 100_000_000).optional(),
  ),
  /** Usernames that nobody can take, besides those that are built in; `-name` frees one, `-*` all of them. */
  RESERVED_USERNAMES: z
    .string()
    .regex(RESERVED_LIST, {
      error: "must be names of a–z, 0–9 and _, with commas between them; -name frees one, -* all",
    })
    .default(""),
  /**
   * Whose word on the client's address counts: so many proxies in front, or a list of their
   * addresses, networks, or `loopback`, `linklocal`, `uniquelocal`. By default nobody's.
   */
  TRUST_PROXY: z
    .string()
    .default("0")
    .refine(isTrust, "must be a number of proxies, or a list of addresses and networks"),
  /** What Prometheus shows to read the metrics; without it web has none to show. */
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  /** What a person shows to see the queues and the ledger on a worker's port; without it nobody does. */
  OPERATOR_PASSWORD: z.string().min(16, "must have at least 16 characters").optional(),
  /** Where traces go, by OTLP over HTTP; without it there are none. The name is OpenTelemetry's. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url("http:", "https:").optional(),
  /** The connections to PostgreSQL that one process may hold. */
  DATABASE_POOL: count(10, 1, 1000),
  /**
   * Milliseconds that Redis may take to accept a job before the sign-up is rolled back; with what
   * a sign-up takes besides, a person waits less than a second for the refusal.
   */
  ENQUEUE_TIMEOUT_MS: count(750, 50, 3000),
  /**
   * What becomes of a sign-up that Redis takes no message of: `refuse` rolls it back, as its mail
   * would be late; `owe` takes it, and a worker finds the job in PostgreSQL within seconds.
   */
  WHEN_REDIS_IS_AWAY: z
    .enum(["refuse", "owe"], { error: "must be refuse or owe" })
    .default("refuse"),
  /** Milliseconds before the first retry of a mail; each further one doubles it. */
  VERIFY_EMAIL_BACKOFF_MS: count(10_000, 1, 3_600_000),
  /** Hours that a verification link works. */
  VERIFICATION_TTL_HOURS: count(24, 1, 8760),
  /** Hours that an unverified sign-up holds its username. */
  CLAIM_TTL_HOURS: count(168, 1, 8760),
  /** Where web listens. */
  PORT: count(3000, 1, 65_535),
  /**
   * The address that it does so on. Login shells, container engines and Kubernetes set it to the
   * machine's own name, which was not meant to say where to listen.
   */
  HOSTNAME: z
    .string()
    .default("0.0.0.0")
    .transform((name) => (name === hostname() ? "0.0.0.0" : name)),
  /** Milliseconds that web keeps an idle connection: longer than most proxies, which keep it a minute. */
  KEEP_ALIVE_TIMEOUT: count(75_000, 1, 3_600_000),
  /** Where a worker answers its operator; 0 takes any port that is free, and the log says which. */
  WORKER_PORT: count(9464, 0, 65_535),
  /** The address that it does so on: loopback, unless whoever asks is elsewhere. */
  WORKER_HOST: z.string().default("127.0.0.1"),
  /** Jobs of the queue "critical" that one worker process handles at once. */
  CRITICAL_CONCURRENCY: count(15, 1, 1000),
  /** Milliseconds between two looks of a worker at the table of jobs, a fifth more or less. */
  JOB_POLL_MS: count(2000, 50, 60_000),
  /** Milliseconds without a sign of life after which a job passes to another worker. */
  JOB_LEASE_MS: count(30_000, 1000, 600_000),
});

/** Web mails nobody and has no operator's pages, so it is not given what they need. */
const webEnv = fullEnv.omit({ SMTP_URL: true, OPERATOR_PASSWORD: true });

/** Everything that a worker reads from its environment, parsed. */
export type Env = z.infer<typeof fullEnv>;

/** Everything that web reads from its environment, parsed. */
export type WebEnv = z.infer<typeof webEnv>;

/** The environment does not allow a start. The message has one line a variable. */
export class EnvError extends Error {
  override name = "EnvError";
}

function parse<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  if (source.NODE_ENV === "production" && source.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new EnvError("NODE_TLS_REJECT_UNAUTHORIZED must not be 0 in production");
  }
  // An empty value is how .env files and orchestrators write "not set".
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new EnvError(
    parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("\n"),
  );
}

/**
 * Reads and checks a worker's environment. In a Redis Cluster the prefix gets its braces here if it has
 * none, as a queue's scripts work on many of its keys at once, which must lie on one node.
 * @throws {EnvError} with one line per variable that is missing or wrong.
 */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  return completeEnv(parse(fullEnv, source));
}

/** Reads and checks web's environment, as {@link parseEnv}. */
export function parseWebEnv(source: NodeJS.ProcessEnv): WebEnv {
  return completeEnv(parse(webEnv, source));
}

function completeEnv<Some extends WebEnv>(env: Some): Some {
  if (env.NODE_ENV === "production" && env.APP_SECRET.includes(DEVELOPMENT_SECRET)) {
    throw new EnvError("APP_SECRET is the development default; production needs one of its own");
  }
  if (parseRedisUrl(env.REDIS_URL).kind !== "cluster" || env.REDIS_PREFIX.includes("{")) return env;
  return { ...env, REDIS_PREFIX: `{${env.REDIS_PREFIX}}` };
}

/** A worker's environment, .env included. See {@link parseEnv}. */
export function loadEnv(): Env {
  loadEnvFile();
  return parseEnv(process.env);
}

let loadedWebEnv: WebEnv | undefined;

/** Web's environment, .env included; read once. See {@link parseWebEnv}. */
export function loadWebEnv(): WebEnv {
  if (!loadedWebEnv) {
    loadEnvFile();
    loadedWebEnv = parseWebEnv(process.env);
  }
  return loadedWebEnv;
}

/** The one variable that a migration needs. See {@link parseEnv}. */
export function loadDatabaseUrl(): string {
  loadEnvFile();
  return parse(databaseEnv, process.env).DATABASE_URL;
}

/** What `load` gives; but a bad environment ends the process with its readable lines, and 1. */
export function orExit<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

/** Adds what .env says to the environment; a variable that is already set wins. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
