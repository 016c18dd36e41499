import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Env } from "#src/platform/env.ts";
import { checkHost } from "#src/platform/http/check-host.ts";
import { inTurn } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";

/** Milliseconds before a port that is taken is tried again. */
const TRY_AGAIN = 2000;

/**
 * Serves the operator on WORKER_PORT. A port that is taken keeps no mail from being sent: the worker
 * says so once and takes it when it is free, as when it follows one that is still ending.
 * @returns what closes the port, and every connection to it
 */
export function openPort(
  env: Pick<Env, "WORKER_HOST" | "WORKER_PORT">,
  app: Hono,
  log: Log,
): () => void {
  const { WORKER_HOST: host, WORKER_PORT: port } = env;
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    inTurn([checkHost, (request, response) => void answer(request, response)]),
  );
  let retry: NodeJS.Timeout | undefined;
  let said = false;
  const listen = () => server.listen(port, host);
  server.on("listening", () => {
    log.info({ host, port: (server.address() as AddressInfo).port }, "operator port open");
  });
  server.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (server.listening) return; // One connection could not be taken; the next may.
    if (!said) log.warn({ host, port, code }, UNAVAILABLE);
    said = true;
    retry = setTimeout(listen, TRY_AGAIN);
  });
  listen();
  return () => {
    clearTimeout(retry);
    server.close();
    server.closeAllConnections();
  };
}

const UNAVAILABLE =
  "WORKER_PORT is in use, so the operator's pages are unavailable: give this worker a port of its own, or 0 for any free one";
