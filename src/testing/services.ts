import { randomUUID } from "node:crypto";
import { afterAll, inject } from "vitest";
import { parseEnv, type Env } from "#src/env.ts";
import type { Context, Services } from "#src/server/api/context.ts";
import { createAssertMailable } from "#src/server/assert-mailable.ts";
import { openJobs } from "#src/server/jobs/open-jobs.ts";
import { createLimits } from "#src/server/limits.ts";
import { createLog } from "#src/server/log.ts";
import { connectProducer } from "#src/server/redis.ts";
import { COUNT_TIMEOUT_MS } from "#src/server/rate-limit.ts";
import { reservedUsernames } from "#src/server/users/reserved-usernames.ts";
import { createStatusWatch } from "#src/server/users/signup-status.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import type { TestDatabase } from "./database.ts";

/** The environment of a test file: its own database, its own prefix in the shared Redis. */
function testEnv(overrides: Record<string, string> = {}): Env {
  return parseEnv({
    NODE_ENV: "test",
    DATABASE_URL: inject("postgresUrl"),
    REDIS_URL: inject("redisUrl"),
    REDIS_PREFIX: `test-${randomUUID()}`,
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "Enlist <no-reply@enlist.example>",
    APP_URL: "http://localhost:3000",
    APP_SECRET: "a secret for the tests that is long enough",
    LOG_LEVEL: "silent",
    WORKER_PORT: "0",
    CHECK_MAIL_DOMAINS: "reserved",
    ...overrides,
  });
}

/** The web process's services on real parts, closed when the test file is through. */
export async function testServices(
  { url, db }: TestDatabase,
  overrides: Record<string, string> = {},
): Promise<Services & { env: Env }> {
  const env = testEnv({ DATABASE_URL: url, ...overrides });
  const log = createLog("test", env.LOG_LEVEL);
  const redis = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const jobs = openJobs({ redis, env, log });
  const counter = connectProducer(env.REDIS_URL, COUNT_TIMEOUT_MS, log);
  afterAll(() => {
    redis.disconnect();
    counter.disconnect();
  });
  const statuses = createStatusWatch({ db });
  const closing = new AbortController().signal;
  const limits = createLimits({ redis: counter, env });
  const assertMailable = createAssertMailable(env);
  const reserved = reservedUsernames(env);
  return { env, db, log, jobs, statuses, limits, assertMailable, reserved, closing };
}

/** Waits until jobs can be added. */
export async function whenReady({ jobs }: Services): Promise<void> {
  await waitFor("Redis", () => {
    jobs.assertReady();
    return true;
  });
}

/** What the HTTP mount adds to the services for one request. */
export function testContext(services: Services, cookies: string | null = null): Context {
  return { ...services, cookies, clientAddress: "192.0.2.1", responseHeaders: new Headers() };
}
