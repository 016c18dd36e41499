import type { Telemetry } from "bullmq";
import type { Env } from "#src/platform/env.ts";

/** Traces that are on. */
export interface Tracing {
  /** What makes BullMQ carry a trace through the queue. */
  telemetry: Telemetry;
  /** Sends what has not been sent yet, and ends. */
  stop(): Promise<void>;
}

/**
 * Begins to trace where OTEL_EXPORTER_OTLP_ENDPOINT says where to; otherwise nothing of it is even loaded.
 * Must come before the queues are opened.
 */
export async function traceIfAsked(
  process: "web" | "worker",
  env: Pick<Env, "OTEL_EXPORTER_OTLP_ENDPOINT">,
): Promise<Tracing | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  const { startTracing } = await import("./start-tracing.ts");
  return startTracing(`enlist-${process}`, env.OTEL_EXPORTER_OTLP_ENDPOINT);
}
