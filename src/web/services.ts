import { once } from "node:events";
import { formOf } from "#src/platform/form-of.ts";
import { loadWebEnv, type WebEnv } from "#src/platform/env.ts";
import type { Services } from "./api/context.ts";
import { createAssertMailable } from "#src/signup/assert-mailable.ts";
import { createDb } from "#src/platform/db.ts";
import { createReadinessCheck, type ReadinessCheck } from "#src/platform/health/readiness.ts";
import { openJobs } from "#src/platform/open-jobs.ts";
import { createLimits } from "#src/signup/limits/limits.ts";
import { createLog, type Log } from "#src/platform/log.ts";
import { createQueueGauges } from "#src/signup/status/queue-gauges.ts";
import { metrics } from "#src/platform/metrics/registry.ts";
import { COUNT_TIMEOUT_MS } from "#src/signup/limits/rate-limit.ts";
import { connectProducer } from "#src/platform/redis.ts";
import type { Tracing } from "#src/platform/tracing/start-tracing.ts";
import { reservedUsernames } from "#src/signup/reserved-usernames.ts";
import { createAnnounce } from "#src/signup/user-events.ts";
import { createParseSignup } from "#src/signup/parse-signup.ts";
import { createReturns } from "#src/signup/return/returns.ts";
import { createStatusWatch } from "#src/signup/status/signup-status.ts";
import { shared } from "./opened.ts";

export interface Web {
  services: Services;
  isReady: ReadinessCheck;
  /** Resolves once Redis is connected, or its first connection has failed. */
  connected: Promise<unknown>;
  /** Updates the gauges. */
  updateGauges: () => Promise<void>;
  /** Ends open streams before the process ends. */
  close: () => void;
  /** Closes the connections of a process that continues without them. */
  disconnect: () => Promise<void>;
}

interface WebOptions {
  /** Set if tracing is on. */
  tracing?: Tracing | undefined;
  /** Milliseconds that Redis may take to count against a limit. */
  countTimeoutMs?: number;
}

/** Opens the connections of one web process, and creates its services. */
export function openWeb(env: WebEnv, log: Log, options: WebOptions = {}): Web {
  const { tracing, countTimeoutMs = COUNT_TIMEOUT_MS } = options;
  const redis = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  // The counts of one sign-up go out, and come back, together.
  const together = { enableAutoPipelining: true };
  const counter = connectProducer(env.REDIS_URL, countTimeoutMs, log, together);
  const db = createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL });
  const observer = createDb({ url: env.DATABASE_URL, pool: 1 });
  const jobs = openJobs({ redis, env, log, telemetry: tracing?.telemetry });
  const limits = createLimits({ redis: counter, env });
  const returns = createReturns(env);
  const closing = new AbortController();
  return {
    services: {
      env,
      log,
      db,
      jobs,
      announce: createAnnounce(jobs, env.WEBHOOK_URL),
      statuses: createStatusWatch({ db, returns }),
      returns,
      parseSignup: createParseSignup(formOf(env)),
      limits,
      assertMailable: createAssertMailable(env),
      reserved: reservedUsernames(env),
      closing: closing.signal,
    },
    connected: Promise.allSettled([redis, counter].map((client) => once(client, "ready"))),
    isReady: createReadinessCheck({ db: observer, jobs, closing: closing.signal }),
    updateGauges: createQueueGauges({ db: observer, jobs, log, limits }),
    close: () => closing.abort(),
    async disconnect() {
      redis.disconnect();
      counter.disconnect();
      await Promise.all([db.destroy(), observer.destroy()]);
    },
  };
}

/**
 * This web process's services, opened on the first call, and how to close them.
 * @param tracing if tracing is on; only the first call uses it
 */
export function web(tracing?: Tracing): Web {
  if (!shared.enlist) {
    const env = loadWebEnv();
    shared.enlist = openWeb(env, createLog("web", env.LOG_LEVEL), { tracing });
    metrics().gauges.enlist_process.set({ process: "web" }, 1);
  }
  return shared.enlist;
}
