import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Env } from "#src/platform/env.ts";
import { checkHost } from "#src/platform/http/check-host.ts";
import { chainGuards } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";

/** Milliseconds before trying a busy port again. */
const TRY_AGAIN = 2000;

/**
 * Serves the operator on WORKER_PORT. A busy port does not stop mails: the worker logs it once and
 * retries, for example until its predecessor has ended.
 * @returns a function that closes the port and all its connections
 */
export function openPort(
  env: Pick<Env, "WORKER_HOST" | "WORKER_PORT">,
  app: Hono,
  log: Log,
): () => void {
  const { WORKER_HOST: host, WORKER_PORT: port } = env;
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    chainGuards([checkHost, (request, response) => void answer(request, response)]),
  );
  let retry: NodeJS.Timeout | undefined;
  let said = false;
  const listen = () => server.listen(port, host);
  server.on("listening", () => {
    log.info({ host, port: (server.address() as AddressInfo).port }, "operator port open");
  });
  server.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (server.listening) return; // Only one connection failed.
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
  "WORKER_PORT is in use, so the operator's pages are unavailable: give this worker its own port, or 0 for any free one";
