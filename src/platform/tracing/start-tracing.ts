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
import { beginsTrace } from "./begins-trace.ts";
import { redact } from "./redact.ts";

/** Traces that are on. */
export interface Tracing {
  /** What makes BullMQ carry a trace through the queue. */
  telemetry: Telemetry;
  /** Sends what has not been sent yet, and ends. */
  stop(): Promise<void>;
}

/** Milliseconds between two parcels of spans; what a process has not sent when it dies is lost. */
const PARCEL_MS = 1000;

/** Milliseconds that the last parcel gets. */
const FAREWELL_MS = 1000;

/**
 * Sends this process's spans by OTLP over HTTP. Takes `traceparent` from whoever asks and gives it
 * to the job, but no baggage: whatever a client wrote into it would get into Redis.
 * @param endpoint the collector's base URL, as in OTEL_EXPORTER_OTLP_ENDPOINT; headers for it come
 *   from OTEL_EXPORTER_OTLP_HEADERS, which the exporter reads by itself
 */
export function startTracing(service: string, endpoint: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    // Whoever asks says which trace it is part of, but not whether it is kept.
    sampler: new ParentBasedSampler({
      root: beginsTrace,
      remoteParentSampled: beginsTrace,
      remoteParentNotSampled: beginsTrace,
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
