import diagnostics from "node:diagnostics_channel";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "./log.ts";

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

const started = new WeakMap<ServerResponse, { id: string; at: number }>();

/**
 * Logs every HTTP request that this process answers: method, path, status, duration in ms, and a
 * request id, which the response carries as `x-request-id`. The query stays out of the log, as a
 * verification link has its secret there. Follows Node's own channels, so that it sees pages and
 * API alike (https://nodejs.org/api/diagnostics_channel.html#http).
 */
export function logRequests(log: Log): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Exchange;
    const given = request.headers["x-request-id"];
    const id = typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
    started.set(response, { id, at: performance.now() });
    request.headers["x-request-id"] = id; // For whoever logs while handling it.
    response.setHeader("x-request-id", id);
    // A response that the client did not wait for never finishes.
    response.once("close", () => {
      if (!response.writableFinished) write(log, { request, response });
    });
  });
  diagnostics.subscribe("http.server.response.finish", (message) => {
    write(log, message as Exchange);
  });
}

function write(log: Log, { request, response }: Exchange): void {
  const start = started.get(response);
  if (!start) return;
  started.delete(response);
  const path = request.url?.split("?", 1)[0] ?? "";
  const level = path.startsWith("/_next/") ? "debug" : "info";
  log[level](
    {
      method: request.method,
      path,
      status: response.writableFinished ? response.statusCode : "aborted",
      duration: Math.round((performance.now() - start.at) * 10) / 10,
      requestId: start.id,
    },
    "request",
  );
}
