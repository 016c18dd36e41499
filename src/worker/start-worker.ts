import { Worker, type Job } from "bullmq";
import type { Env } from "#src/env.ts";
import { createDb } from "#src/server/db.ts";
import type { QueueName } from "#src/server/jobs/registry.ts";
import { createLog, type Log } from "#src/server/log.ts";
import { createMailer } from "#src/server/mail/mailer.ts";
import { connectConsumer } from "#src/server/redis.ts";
import { createHandlers } from "./handlers.ts";
import { processJob } from "./process-job.ts";

/** A worker that runs until it is closed. */
export interface RunningWorker {
  log: Log;
  /** Takes no further jobs, finishes those under way, and closes all connections. */
  close(): Promise<void>;
}

/** Starts to handle both queues. Waits for Redis and PostgreSQL as long as they are away. */
export function startWorker(env: Env): RunningWorker {
  const log = createLog("worker", env.LOG_LEVEL);
  const concurrency: Record<QueueName, number> = {
    critical: env.CRITICAL_CONCURRENCY,
    default: env.DEFAULT_CONCURRENCY,
  };
  const redis = connectConsumer(env.REDIS_URL, log);
  const db = createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL });
  const mailer = createMailer({
    url: env.SMTP_URL,
    from: env.MAIL_FROM,
    connections: env.CRITICAL_CONCURRENCY,
  });
  const handlers = createHandlers({
    db,
    mailer,
    secret: env.APP_SECRET,
    appUrl: env.APP_URL,
    verificationTtlHours: env.VERIFICATION_TTL_HOURS,
    messageIdDomain: env.MAIL_FROM.replace(/^.*@|>$/g, ""),
  });
  const workers = Object.entries(concurrency).map(([queue, share]) => {
    const worker = new Worker(queue, (job, token) => processJob(handlers, job, token, log), {
      connection: redis,
      prefix: env.REDIS_PREFIX,
      concurrency: share,
      lockDuration: env.JOB_LOCK_MS,
      stalledInterval: env.JOB_LOCK_MS,
      // After an error of Redis the next look is due soon, not after BullMQ's 15 s.
      runRetryDelay: 1000,
      // A worker that dies takes nothing from a job's attempts, however often it happens.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    logFailures(worker, log);
    return worker;
  });
  void Promise.all(workers.map((worker) => worker.waitUntilReady())).then(
    () => log.info({ concurrency }, "worker ready"),
    () => {}, // Closed before Redis ever came.
  );
  return {
    log,
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      mailer.close();
      await db.destroy();
      redis.disconnect();
    },
  };
}

function logFailures(worker: Worker, log: Log): void {
  worker.on("failed", (job: Job | undefined, err) => {
    if (!job) return;
    const about = { job: job.name, queue: job.queueName, jobId: job.id, err };
    const attempt = job.attemptsMade;
    if (job.finishedOn) log.error({ ...about, attempt }, "failed");
    else log.warn({ ...about, attempt, attempts: job.opts.attempts }, "retrying");
  });
  worker.on("stalled", (jobId) => log.warn({ jobId }, "taken over from a lost worker"));
  worker.on("error", () => {}); // The connection reports its own errors.
}
