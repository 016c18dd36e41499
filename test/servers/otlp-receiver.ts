import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { freePort } from "./ports.ts";

interface ReceivedSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
}

/** A collector of traces, as far as a test needs one. */
export interface OtlpReceiver {
  url: string;
  spans: ReceivedSpan[];
  /** All that came, as text. */
  received(): string;
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface Traces {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: Omit<ReceivedSpan, "service">[] }[];
  }[];
}

/** Takes OTLP/HTTP in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const parcels: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((parcel) => {
      parcels.push(JSON.stringify(parcel));
      for (const { resource, scopeSpans } of (parcel as Traces).resourceSpans) {
        const name = resource.attributes.find(({ key }) => key === "service.name");
        const service = name?.value.stringValue ?? "";
        spans.push(
          ...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))),
        );
      }
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    received: () => parcels.join("\n"),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
