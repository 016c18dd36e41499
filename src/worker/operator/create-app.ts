import { Hono } from "hono";
import { answerHealth, answerReady } from "#src/server/health/answer.ts";
import type { ReadinessCheck } from "#src/server/health/readiness.ts";

export interface OperatorDeps {
  isReady: ReadinessCheck;
}

/** What a worker answers to its operator: the same paths as web, for the same probes. */
export function createApp({ isReady }: OperatorDeps): Hono {
  const app = new Hono();
  app.get("/api/health", () => answerHealth());
  app.get("/api/ready", ({ req }) => answerReady(req.url, isReady));
  return app;
}
