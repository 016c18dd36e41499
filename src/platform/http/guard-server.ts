import diagnostics from "node:diagnostics_channel";
import { Server, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { toErrorBody, type ErrorBody } from "./error-body.ts";

/**
 * Looks at a request before Next sees it: answers it, or lets it pass, at once or later. What it
 * answers has the headers and the line in the log that every answer has.
 */
export type Guard = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

/**
 * Has each request pass these guards, one after the other, before Next's own listener.
 * @param options `upgrades: false` makes a request with `Upgrade:` an ordinary one (RFC 9110, 7.8: a
 *   server may ignore it). Next in production would let it wait for somebody who speaks WebSocket.
 */
export function guardServer(guards: Guard[], { upgrades }: { upgrades: boolean }): void {
  const guarded = new WeakSet<Server>();
  const guard = (server: unknown) => {
    if (!(server instanceof Server) || guarded.has(server)) return;
    guarded.add(server);
    // Without a listener Node takes it for the request that it is.
    if (!upgrades) server.removeAllListeners("upgrade");
    standBefore(server, guards);
  };
  // Before the first bytes are read, by which Node decides what an upgrade is.
  diagnostics.subscribe("net.server.socket", (message) => {
    guard((message as { socket: Socket & { server?: unknown } }).socket.server);
  });
  // Whatever connection was there before; its request is handed to the listeners after this.
  diagnostics.subscribe("http.server.request.start", (message) => {
    guard((message as { server: Server }).server);
  });
}

/** Puts these guards before what listens to this server's requests so far. */
export function standBefore(server: Server, guards: Guard[]): void {
  const listeners = server.listeners("request") as ((...args: unknown[]) => void)[];
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const passFrom = (index: number): void => {
      const guard = guards[index];
      if (guard) return guard(request, response, () => passFrom(index + 1));
      for (const listener of listeners) listener.call(server, request, response);
    };
    passFrom(0);
  });
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
