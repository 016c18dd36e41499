import type { Telemetry } from "bullmq";
import type { Env } from "./env.ts";
import { createJobs, type EnqueueEvent, type Jobs } from "#src/tx-jobs/index.ts";
import type { Log } from "./log.ts";
import { observeEnqueue } from "./metrics/measure.ts";
import type { RedisConnection } from "./redis.ts";

/** An owed job is no failure: its transaction commits, and a worker finds the row. */
const OUTCOMES = { enqueued: "added", refused: "failed", owed: "owed" } as const;

interface JobsDeps {
  redis: RedisConnection;
  env: Pick<Env, "REDIS_PREFIX" | "ENQUEUE_TIMEOUT_MS" | "WHEN_REDIS_IS_AWAY">;
  log: Log;
  /** Carries a trace from the producer to the worker, if tracing is on. */
  telemetry?: Telemetry | undefined;
}

/** Opens the producer's side of the jobs, with Enlist's log and metrics. */
export function openJobs({ redis, env, log, telemetry }: JobsDeps): Jobs {
  return createJobs({
    redis,
    prefix: env.REDIS_PREFIX,
    timeoutMs: env.ENQUEUE_TIMEOUT_MS,
    whenRedisIsAway: env.WHEN_REDIS_IS_AWAY,
    telemetry,
    on({ type, job, queue, id, ms, error }: EnqueueEvent) {
      observeEnqueue(OUTCOMES[type], ms / 1000);
      if (type === "enqueued") log.info({ job, queue, jobId: id }, "enqueued");
      if (type === "owed")
        log.warn({ job, queue, jobId: id, err: error }, "enqueued without a message");
    },
  });
}
