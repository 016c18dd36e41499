import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toErrorBody, type ErrorBody } from "./error-body.ts";

/**
 * One step on a request's way: it answers the request, or calls `pass` to hand it to the next step,
 * at once or later.
 */
export type Guard = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

/** Makes one listener of these guards: each request passes them in this order, until one answers. */
export function inTurn(guards: readonly Guard[]): RequestListener {
  return (request, response) => {
    const passFrom = (index: number): void =>
      guards[index]?.(request, response, () => passFrom(index + 1));
    passFrom(0);
  };
}

/** Answers as the API does; a client that is told when to come again is told in the header, too. */
export function refuseAtDoor(response: ServerResponse, error: ErrorBody): void {
  const { httpStatus, retryAfterMs } = error;
  response.writeHead(httpStatus, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(retryAfterMs ? { "retry-after": String(Math.ceil(retryAfterMs / 1000)) } : {}),
  });
  response.end(JSON.stringify(toErrorBody(error)));
}
