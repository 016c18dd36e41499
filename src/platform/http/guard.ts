import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toErrorBody, type ErrorBody } from "./error-body.ts";

/**
 * One step in handling a request: it answers, or calls `pass`, now or later, to continue with the
 * next.
 */
export type Guard = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

/** Combines guards into one listener: each request passes them in order until one answers. */
export function chainGuards(guards: readonly Guard[]): RequestListener {
  return (request, response) => {
    const passFrom = (index: number): void =>
      guards[index]?.(request, response, () => passFrom(index + 1));
    passFrom(0);
  };
}

/** Answers as the API does. `retryAfterMs` is also sent as a Retry-After header. */
export function refuseAtDoor(response: ServerResponse, error: ErrorBody): void {
  const { httpStatus, retryAfterMs } = error;
  response.writeHead(httpStatus, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(retryAfterMs ? { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } : {}),
  });
  response.end(JSON.stringify(toErrorBody(error)));
}
