import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
} from "@opentelemetry/sdk-trace-node";
import type { Telemetry } from "bullmq";
import { BullMQOtel } from "bullmq-otel";
import { setTimeout as sleep } from "node:timers/promises";
import { sampler } from "./sampler.ts";
import { redact } from "./redact.ts";

/** Running tracing. */
export interface Tracing {
  /** Makes BullMQ carry traces through the queue. */
  telemetry: Telemetry;
  /** Sends the remaining spans and stops. */
  stop(): Promise<void>;
}

/** Milliseconds between two exports; unsent spans are lost if the process dies. */
const PARCEL_MS = 1000;

/** Milliseconds to wait for the last export. */
const FAREWELL_MS = 1000;

/**
 * Exports this process's spans by OTLP over HTTP. It propagates `traceparent` to jobs but no
 * baggage, which would put client input into Redis.
 * @param endpoint the collector's base URL, as in OTEL_EXPORTER_OTLP_ENDPOINT; the exporter reads
 *   OTEL_EXPORTER_OTLP_HEADERS itself
 */
export function startTracing(service: string, endpoint: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    // Clients may choose the trace id, but not whether it is sampled.
    sampler: new ParentBasedSampler({
      root: sampler,
      remoteParentSampled: sampler,
      remoteParentNotSampled: sampler,
    }),
    spanProcessors: [new BatchSpanProcessor(redact(exporter), { scheduledDelayMillis: PARCEL_MS })],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return {
    telemetry: new BullMQOtel({ tracerName: "bullmq" }),
    async stop() {
      await Promise.race([provider.shutdown().catch(() => {}), sleep(FAREWELL_MS)]);
    },
  };
}
