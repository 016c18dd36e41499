import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-node";

/**
 * The attributes that may be exported. Next adds full URLs with secrets; errors quote user input.
 */
const ALLOWED = new Set([
  "enlist.outcome",
  "error.type",
  "exception.type",
  "http.method",
  "http.route",
  "http.status_code",
  "next.span_type",
  "bullmq.queue.name",
  "bullmq.queue.operation",
  "bullmq.job.name",
  "bullmq.job.id",
]);

/** Wraps an exporter so that no personal data reaches it. */
export function redact(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(redactSpan), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function redactSpan(span: ReadableSpan): ReadableSpan {
  const events = span.events.map(({ name, time, attributes = {} }) => {
    return { name, time, attributes: onlyAllowed(attributes) };
  });
  const said = {
    name: span.name.split("?", 1)[0],
    attributes: onlyAllowed(span.attributes),
    status: { code: span.status.code },
    events,
    links: [],
  };
  // The redacted values override the span's own; times and ids are inherited.
  const values = Object.entries(said).map(([key, value]) => [key, { value }]);
  return Object.create(span, Object.fromEntries(values) as PropertyDescriptorMap) as ReadableSpan;
}

function onlyAllowed<T>(attributes: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => ALLOWED.has(key)));
}
