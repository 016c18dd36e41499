import { Hono, type MiddlewareHandler } from "hono";
import type { Knex } from "knex";
import type { Env } from "#src/platform/env.ts";
import { answerHealth, answerReady } from "#src/platform/health/answer-health.ts";
import type { ReadinessCheck } from "#src/platform/health/readiness.ts";
import { userVerified } from "#src/signup/user-events.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import type { Log } from "#src/platform/log.ts";
import { answerMetrics } from "#src/platform/metrics/answer-metrics.ts";
import type { RedisConnection } from "#src/platform/redis.ts";
import { openQueue, type Jobs } from "#src/tx-jobs/index.ts";
import { createJobsPage } from "./jobs-page.ts";
import { createLedgerRoutes } from "./ledger.ts";
import { createQueueBoard } from "./queue-board.ts";
import { logRefusals, requireOperator, secureAnswers } from "./require-operator.ts";

export interface OperatorDeps {
  env: Env;
  log: Log;
  db: Knex;
  jobs: Jobs;
  /** A producer's connection, which times out. */
  redis: RedisConnection;
  isReady: ReadinessCheck;
  /** Updates the gauges. */
  updateGauges: () => Promise<void>;
}

/**
 * The operator's port of a worker. Machines get the same endpoints as on web. People with
 * OPERATOR_PASSWORD see jobs and ledger, from PostgreSQL, and queues, from Redis.
 */
export function createApp(deps: OperatorDeps): Hono {
  const { env, log, db, jobs, isReady, updateGauges } = deps;
  const app = new Hono();
  app.use(logRefusals(log));
  app.get("/api/health", () => answerHealth());
  app.get("/api/ready", ({ req }) => answerReady(req.url, isReady));
  app.get("/api/metrics", ({ req }) =>
    answerMetrics(req.raw, env.METRICS_TOKEN ?? null, updateGauges),
  );

  const queues = [verifyEmailJob.queue, userVerified.queue].map((name) =>
    openQueue(name, { redis: deps.redis, prefix: env.REDIS_PREFIX }),
  );
  const answersInTime: MiddlewareHandler = async (_, next) => {
    await jobs.ping(); // BullMQ waits without limit for a connection that was never ready.
    await next();
  };
  for (const path of ["/queues/*", "/ledger/*", "/jobs/*"]) {
    app.use(path, secureAnswers, requireOperator(env.OPERATOR_PASSWORD, log));
  }
  app.use("/queues/*", answersInTime);
  app.all("/queues/*", createQueueBoard(queues));
  app.route("/ledger", createLedgerRoutes(db));
  app.route("/jobs", createJobsPage(db));
  app.onError((err, context) => {
    log.warn({ path: context.req.path, err }, "operator request failed");
    return context.text("PostgreSQL or Redis did not answer.\n", 503);
  });
  return app;
}
