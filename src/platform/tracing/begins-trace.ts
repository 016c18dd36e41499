import { SpanKind } from "@opentelemetry/api";
import { SamplingDecision, type Sampler } from "@opentelemetry/sdk-trace-node";

/** What machines ask every few seconds, and the files that pages are made of. */
const INCIDENTAL = /^\/(_next\/|api\/(health|ready|metrics)\b)/;

/** A trace begins with a request or a job, not with a worker's look for one, or the reconciler's. */
export const beginsTrace: Sampler = {
  shouldSample(_context, _traceId, _name, kind, attributes) {
    const isWork = kind === SpanKind.SERVER || kind === SpanKind.CONSUMER;
    const isIncidental = INCIDENTAL.test(String(attributes["http.target"] ?? ""));
    const decision = isWork && !isIncidental ? "RECORD_AND_SAMPLED" : "NOT_RECORD";
    return { decision: SamplingDecision[decision] };
  },
  toString: () => "beginsTrace",
};
