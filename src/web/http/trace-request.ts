import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import type { Guard } from "#src/platform/http/guard.ts";
import { isCall } from "./is-call.ts";

/** Any procedure, as clients may ask for names that there are none of. */
const ROUTE = "/api/trpc/[trpc]";

/**
 * Makes a span of a call, in the trace that the client names. It costs nothing if nobody traces. Of
 * pages, Next makes spans itself.
 */
export const traceRequest: Guard = (request, response, pass) => {
  if (!isCall(request)) return pass();
  const { method = "GET" } = request;
  const caller = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { "http.method": method, "http.route": ROUTE };
  const span = trace
    .getTracer("enlist")
    .startSpan(`${method} ${ROUTE}`, { kind: SpanKind.SERVER, attributes }, caller);
  response.once("close", () => {
    const { statusCode } = response;
    span.setAttribute("http.status_code", statusCode);
    if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(caller, span), pass);
};
