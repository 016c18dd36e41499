import { setTimeout as sleep } from "node:timers/promises";
import { Worker, type Job } from "bullmq";
import type { Knex } from "knex";
import type { Env } from "#src/env.ts";
import { createDb, greetDatabase } from "#src/server/db.ts";
import { createReadinessCheck } from "#src/server/health/readiness.ts";
import { createJobs, type Jobs } from "#src/server/jobs/enqueue.ts";
import type { QueueName } from "#src/server/jobs/registry.ts";
import { createLog, type Log } from "#src/server/log.ts";
import { createMailer } from "#src/server/mail/mailer.ts";
import { count } from "#src/server/metrics/measure.ts";
import { createStoresReader } from "#src/server/metrics/read-stores.ts";
import { metrics } from "#src/server/metrics/registry.ts";
import { connectConsumer, connectProducer } from "#src/server/redis.ts";
import type { Tracing } from "#src/server/tracing/trace-if-asked.ts";
import { createHandlers } from "./handlers.ts";
import { createApp } from "./operator/create-app.ts";
import { openPort } from "./operator/open-port.ts";
import { processJob, Refused } from "./process-job.ts";
import { reap } from "./reap.ts";
import { reconcile } from "./reconcile.ts";
import { repeat, type Repeating } from "./repeat.ts";

/** A worker that runs until it is closed. */
export interface RunningWorker {
  log: Log;
  /** Takes no further jobs, finishes those under way, and closes all connections. */
  close(): Promise<void>;
}

/** Starts to handle both queues. Waits for Redis and PostgreSQL as long as they are away. */
export function startWorker(env: Env, tracing?: Tracing): RunningWorker {
  const log = createLog("worker", env.LOG_LEVEL);
  const concurrency: Record<QueueName, number> = {
    critical: env.CRITICAL_CONCURRENCY,
    default: env.DEFAULT_CONCURRENCY,
  };
  const redis = connectConsumer(env.REDIS_URL, log);
  const producer = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const db = createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL });
  const observer = createDb({ url: env.DATABASE_URL, pool: 1 });
  const jobs = createJobs({ redis: producer, env, log, telemetry: tracing?.telemetry });
  const closing = new AbortController();
  metrics().gauges.enlist_process.set({ process: "worker" }, 1);
  const mailer = createMailer({
    url: env.SMTP_URL,
    from: env.MAIL_FROM,
    connections: env.CRITICAL_CONCURRENCY,
  });
  const handlers = createHandlers({
    db,
    mailer,
    secrets: env.APP_SECRET,
    appUrl: env.APP_URL,
    verificationTtlHours: env.VERIFICATION_TTL_HOURS,
    messageIdDomain: env.MAIL_FROM.replace(/^.*@|>$/g, ""),
    leaseMs: env.JOB_LOCK_MS,
  });
  const underWay = new Set<Promise<string>>();
  const handleJob = (job: Job, token?: string): Promise<string> => {
    const handling = processJob(handlers, job, token, log).finally(() => underWay.delete(handling));
    underWay.add(handling);
    return handling;
  };
  const workers = Object.entries(concurrency).map(([queue, share]) => {
    const worker = new Worker(queue, handleJob, {
      ...(tracing ? { telemetry: tracing.telemetry } : {}),
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
  // Opens a connection each, so that the first mail need not wait for it; or says what is wrong.
  void greetDatabase(db, log);
  void mailer.check().catch((err: unknown) => log.warn({ err }, "mail server away"));
  const timers = startTimers(env, db, jobs, log, closing.signal);
  const operator = createApp({
    env,
    log,
    db,
    jobs,
    redis: producer,
    isReady: createReadinessCheck({ db: observer, jobs, closing: closing.signal }),
    readStores: createStoresReader({ db: observer, jobs }),
  });
  const closePort = openPort(env, operator, log);
  void Promise.all(workers.map((worker) => worker.waitUntilReady())).then(
    () => log.info({ concurrency }, "worker ready"),
    () => {}, // Closed before Redis ever came.
  );
  return {
    log,
    async close() {
      closing.abort();
      await Promise.all(workers.map((worker) => worker.pause(true)));
      await Promise.all(timers.map((timer) => timer.stop()));
      await Promise.allSettled(underWay);
      // With Redis away BullMQ would wait for it, though nothing is left to be told.
      await Promise.race([Promise.all(workers.map((worker) => worker.close())), sleep(FAREWELL)]);
      mailer.close();
      closePort();
      await Promise.all([db.destroy(), observer.destroy()]);
      redis.disconnect();
      producer.disconnect();
      await tracing?.stop();
    },
  };
}

/** Milliseconds that BullMQ gets to tell Redis how the last jobs went. */
const FAREWELL = 2000;

/** Milliseconds between looks for claims that have expired. */
const REAP_INTERVAL = 600_000;

/** What the worker does by the clock. It is not a job in Redis, as it mends what Redis has lost. */
function startTimers(env: Env, db: Knex, jobs: Jobs, log: Log, signal: AbortSignal): Repeating[] {
  const restoreOwed = async () => {
    const restored = await reconcile({ db, jobs, afterMs: env.RECONCILE_INTERVAL_MS, signal });
    if (restored > 0) log.warn({ restored }, "jobs put back");
    count("enlist_jobs_restored_total", "verify-email", restored);
  };
  const deleteExpired = async () => {
    const deleted = await reap(db, env.CLAIM_TTL_HOURS, signal);
    if (deleted > 0) log.info({ deleted }, "expired claims deleted");
  };
  return [
    repeat("reconcile", env.RECONCILE_INTERVAL_MS, restoreOwed, log),
    repeat("reap", REAP_INTERVAL, deleteExpired, log),
  ];
}

function logFailures(worker: Worker, log: Log): void {
  worker.on("failed", (job: Job | undefined, err) => {
    if (!job) return;
    const about = { job: job.name, queue: job.queueName, jobId: job.id, err };
    const attempt = job.attemptsMade;
    const isOver = err instanceof Refused ? "refused" : "failed";
    count("enlist_jobs_total", job.finishedOn ? isOver : "retrying");
    if (job.finishedOn) log.error({ ...about, attempt }, "failed");
    else log.warn({ ...about, attempt, attempts: job.opts.attempts }, "retrying");
  });
  worker.on("stalled", (jobId) => log.warn({ jobId }, "taken over from a lost worker"));
  worker.on("error", () => {}); // The connection reports its own errors.
}
