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

/** One route for all procedures, because clients may invent names. */
const ROUTE = "/api/trpc/[trpc]";

/**
 * Opens a span for an API call, as part of the client's trace. It costs nothing without tracing.
 * Next itself traces pages.
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
