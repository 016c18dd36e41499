import { loadEnv } from "#src/env.ts";
import type { Services } from "./api/context.ts";
import { createDb } from "./db.ts";
import { createJobs } from "./jobs/enqueue.ts";
import { createLog } from "./log.ts";
import { connectProducer } from "./redis.ts";

// Next bundles each route by itself; the global makes it one set of connections a process.
const shared = globalThis as typeof globalThis & { enlistServices?: Services };

/** The services of this web process, opened on the first call. */
export function webServices(): Services {
  shared.enlistServices ??= open();
  return shared.enlistServices;
}

function open(): Services {
  const env = loadEnv();
  const log = createLog("web", env.LOG_LEVEL);
  const redis = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  return {
    env,
    log,
    db: createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL }),
    jobs: createJobs({ redis, env, log }),
  };
}
