import diagnostics from "node:diagnostics_channel";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "#src/platform/log.ts";

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** What is known of a request when it comes. */
interface Start {
  requestId: string;
  method: string | undefined;
  path: string | undefined;
  at: number;
}

const started = new WeakMap<ServerResponse, Start>();

/**
 * Logs every HTTP request that this process answers: method, path, status, duration in ms, and a
 * request id, which the response carries as `x-request-id`. The query stays out of the log, as a
 * verification link has its secret there; so does what looks like a query, or is encoded. Follows
 * Node's own channels, so that it sees pages and API alike
 * (https://nodejs.org/api/diagnostics_channel.html#http).
 */
export function logRequests(log: Log): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Exchange;
    const given = request.headers["x-request-id"];
    const isId = typeof given === "string" && /^[\w-]{1,64}$/.test(given);
    const requestId = isId ? given : randomUUID();
    const { method } = request;
    const path = request.url?.split(/[?#&=%]/, 1)[0];
    started.set(response, { requestId, method, path, at: performance.now() });
    request.headers["x-request-id"] = requestId; // For whoever logs while handling it.
    response.setHeader("x-request-id", requestId);
    // A response that the client did not wait for never finishes.
    response.once("close", () => {
      if (!response.writableFinished) write(log, response);
    });
  });
  diagnostics.subscribe("http.server.response.finish", (message) => {
    write(log, (message as Exchange).response);
  });
}

/** What pages are made of, and what machines ask every few seconds: of interest only where it is kept from them. */
const INCIDENTAL = /^\/(_next\/|api\/(health|ready|metrics)$)/;

function write(log: Log, response: ServerResponse): void {
  const start = started.get(response);
  if (!start) return;
  started.delete(response);
  const { at, ...request } = start;
  const duration = Math.round((performance.now() - at) * 10) / 10;
  const status = response.writableFinished ? response.statusCode : "aborted";
  const level = INCIDENTAL.test(request.path ?? "") && status !== 401 ? "debug" : "info";
  log[level]({ ...request, status, duration }, "request");
}
