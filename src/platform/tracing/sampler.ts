import { SpanKind } from "@opentelemetry/api";
import { SamplingDecision, type Sampler } from "@opentelemetry/sdk-trace-node";

/** Frequent probes, and the static files of pages. */
const INCIDENTAL = /^\/(_next\/|api\/(health|ready|metrics)\b)/;

/** Traces begin with a request or a job, not with a worker's polling. */
export const sampler: Sampler = {
  shouldSample(_context, _traceId, _name, kind, attributes) {
    const isWork = kind === SpanKind.SERVER || kind === SpanKind.CONSUMER;
    const isIncidental = INCIDENTAL.test(String(attributes["http.target"] ?? ""));
    const decision = isWork && !isIncidental ? "RECORD_AND_SAMPLED" : "NOT_RECORD";
    return { decision: SamplingDecision[decision] };
  },
  toString: () => "EnlistSampler",
};
