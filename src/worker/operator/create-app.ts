import { Hono } from "hono";
import { answerHealth, answerReady } from "#src/server/health/answer.ts";
import type { Env } from "#src/env.ts";
import type { ReadinessCheck } from "#src/server/health/readiness.ts";
import { answerMetrics } from "#src/server/metrics/answer.ts";

export interface OperatorDeps {
  env: Pick<Env, "METRICS_TOKEN">;
  isReady: ReadinessCheck;
  /** Brings the gauges up to date. */
  readStores: () => Promise<void>;
}

/** What a worker answers to its operator: the same paths as web, for the same probes. */
export function createApp({ env, isReady, readStores }: OperatorDeps): Hono {
  const app = new Hono();
  app.get("/api/health", () => answerHealth());
  app.get("/api/ready", ({ req }) => answerReady(req.url, isReady));
  app.get("/api/metrics", ({ req }) =>
    answerMetrics(req.raw, env.METRICS_TOKEN ?? null, readStores),
  );
  return app;
}
