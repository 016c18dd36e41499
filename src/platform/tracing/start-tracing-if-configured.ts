import type { Env } from "#src/platform/env.ts";
import type { Tracing } from "./start-tracing.ts";

/**
 * Starts tracing if OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise its modules are not even loaded.
 * Call it before queues are opened.
 */
export async function startTracingIfConfigured(
  process: "web" | "worker",
  env: Pick<Env, "OTEL_EXPORTER_OTLP_ENDPOINT">,
): Promise<Tracing | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  const { startTracing } = await import("./start-tracing.ts");
  return startTracing(`enlist-${process}`, env.OTEL_EXPORTER_OTLP_ENDPOINT);
}
