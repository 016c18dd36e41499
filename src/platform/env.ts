import type { z } from "zod";
import config from "#config";
import { brand, findBrandFaults } from "./brand.ts";
import {
  databaseEnv,
  DEVELOPMENT_SECRET,
  fullEnv,
  inviteEnv,
  userEnv,
  webEnv,
} from "./env-schema.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** A worker's parsed environment. */
export type Env = z.infer<typeof fullEnv>;

/** Web's parsed environment. */
export type WebEnv = z.infer<typeof webEnv>;

/** The environment is invalid. The message has one line per variable. */
export class EnvError extends Error {
  override name = "EnvError";
}

function parse<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  if (source.NODE_ENV === "production" && source.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new EnvError("NODE_TLS_REJECT_UNAUTHORIZED must not be 0 in production");
  }
  const faults = findBrandFaults(config);
  if (faults.length > 0) throw new EnvError(faults.join("\n"));
  // .env files and orchestrators write "not set" as an empty value.
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new EnvError(
    parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("\n"),
  );
}

/**
 * Validates a worker's environment. In a Redis Cluster, adds braces to a prefix without any,
 * because a queue's scripts need all its keys on one node.
 * @throws {EnvError} with one line per missing or invalid variable
 */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  const env = completeEnv(parse(fullEnv, source));
  if (env.WEBHOOK_URL && !env.WEBHOOK_SECRET) {
    throw new EnvError("WEBHOOK_SECRET is missing; it signs the events to WEBHOOK_URL");
  }
  return env;
}

/** Validates web's environment like {@link parseEnv}. */
export function parseWebEnv(source: NodeJS.ProcessEnv): WebEnv {
  return completeEnv(parse(webEnv, source));
}

function completeEnv<Some extends WebEnv>(env: Some): Some {
  if (!env.RETURN_URL && (env.RETURN_URLS.length > 0 || env.HANDOFF_SECRET)) {
    throw new EnvError("RETURN_URL is missing; RETURN_URLS and HANDOFF_SECRET need it");
  }
  if (env.TERMS === "accept" && !(brand.terms && brand.termsVersion)) {
    throw new EnvError("TERMS is accept; enlist.config.ts then needs terms and termsVersion");
  }
  if (env.NODE_ENV === "production" && env.APP_SECRET.includes(DEVELOPMENT_SECRET)) {
    throw new EnvError("APP_SECRET is the development default; production needs its own");
  }
  if (parseRedisUrl(env.REDIS_URL).kind !== "cluster" || env.REDIS_PREFIX.includes("{")) return env;
  return { ...env, REDIS_PREFIX: `{${env.REDIS_PREFIX}}` };
}

/** Loads a worker's environment, including .env. @throws as {@link parseEnv} */
export function loadEnv(): Env {
  loadEnvFile();
  return parseEnv(process.env);
}

/** The variables that manage users: the database, and where the application hears of it. */
export function loadUserEnv(): z.infer<typeof userEnv> {
  loadEnvFile();
  return parse(userEnv, process.env);
}

/** The variables that invite people: the database, who may sign up, and which addresses are refused. */
export function loadInviteEnv(): z.infer<typeof inviteEnv> {
  loadEnvFile();
  return parse(inviteEnv, process.env);
}

let loadedWebEnv: WebEnv | undefined;

/** Loads web's environment, including .env, once per process. @throws as {@link parseWebEnv} */
export function loadWebEnv(): WebEnv {
  if (!loadedWebEnv) {
    loadEnvFile();
    loadedWebEnv = parseWebEnv(process.env);
  }
  return loadedWebEnv;
}

/** Loads the only variable that a migration needs. @throws as {@link parseEnv} */
export function loadDatabaseUrl(): string {
  loadEnvFile();
  return parse(databaseEnv, process.env).DATABASE_URL;
}

/**
 * Returns the result of `load`. An invalid environment is printed, and ends the process with code
 * 1.
 */
export function orExit<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

/** Adds the variables of .env, without overriding any that are set. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
