import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { WebEnv } from "#src/platform/env.ts";
import { greetDatabase } from "#src/platform/db.ts";
import { chainGuards } from "#src/platform/http/guard.ts";
import { startTracingIfConfigured } from "#src/platform/tracing/start-tracing-if-configured.ts";
import { guards } from "./http/guards.ts";
import { BUILD, openNext } from "./open-next.ts";
import { web } from "./services.ts";
import { stopOnSignal } from "./stop.ts";

/** Milliseconds to wait for the stores at start. */
const PATIENCE = 1000;

/**
 * Opens the connections, and serves pages and API on PORT until a signal stops it.
 * @throws Node's error if the port is in use, or the address is not on this machine
 */
export async function startWeb(env: WebEnv): Promise<void> {
  const build = env.NODE_ENV === "production" ? BUILD : null;
  const server = createServer({ keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT });
  // First, because it blocks the thread for a while and would make PostgreSQL and Redis time out.
  const next = await openNext({ env, server, build });
  const { services, close, connected } = web(await startTracingIfConfigured("web", env));
  const { db, log } = services;
  stopOnSignal(server, log, close);
  const greeted = Promise.all([greetDatabase(db, log), connected]);
  if (env.RATE_LIMITS === "off") {
    log.warn("RATE_LIMITS is off: request rates are not limited");
  }
  server.on("request", chainGuards(guards(services, next, build)));
  // So that the first request finds open connections. Without stores web answers too, by 503.
  await Promise.race([greeted, sleep(PATIENCE)]);
  await once(server.listen(env.PORT, env.HOSTNAME), "listening");
  log.info({ url: `http://${env.HOSTNAME}:${env.PORT}` }, "web ready");
}
