import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Guard } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";

/** What is known when a request arrives. */
interface Start {
  requestId: string;
  method: string | undefined;
  path: string | undefined;
  at: number;
}

/**
 * Logs each request once it is answered: method, path, status, duration in ms, and a request id,
 * which the response carries as `x-request-id`. Queries are not logged, because a verification
 * link's secret is there; nor is anything encoded or resembling a query.
 */
export function logRequest(log: Log): Guard {
  return (request, response, pass) => {
    const given = request.headers["x-request-id"];
    const isId = typeof given === "string" && /^[\w-]{1,64}$/.test(given);
    const requestId = isId ? given : randomUUID();
    const { method } = request;
    const path = request.url?.split(/[?#&=%]/, 1)[0];
    const start = { requestId, method, path, at: performance.now() };
    request.headers["x-request-id"] = requestId; // For other logs while handling it.
    response.setHeader("x-request-id", requestId);
    // If the client disconnects early, the response closes without finishing.
    response.once("close", () => write(log, response, start));
    pass();
  };
}

/** Static files and frequent probes are logged only if refused. */
const INCIDENTAL = /^\/(_next\/|api\/(health|ready|metrics)$)/;

function write(log: Log, response: ServerResponse, { at, ...request }: Start): void {
  const duration = Math.round((performance.now() - at) * 10) / 10;
  const status = response.writableFinished ? response.statusCode : "aborted";
  const level = INCIDENTAL.test(request.path ?? "") && status !== 401 ? "debug" : "info";
  log[level]({ ...request, status, duration }, "request");
}
