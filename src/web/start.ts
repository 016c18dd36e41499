import { once } from "node:events";
import { createServer } from "node:http";
import type { WebEnv } from "#src/platform/env.ts";
import { greetDatabase } from "#src/platform/db.ts";
import { chainGuards } from "#src/platform/http/guard.ts";
import { startTracingIfConfigured } from "#src/platform/tracing/start-tracing-if-configured.ts";
import { guards } from "./http/guards.ts";
import { BUILD, openNext } from "./open-next.ts";
import { web } from "./services.ts";
import { stopOnSignal } from "./stop.ts";

/**
 * Opens the connections, and serves pages and API on PORT until a signal stops it.
 * @throws Node's error if the port is in use, or the address is not on this machine
 */
export async function startWeb(env: WebEnv): Promise<void> {
  const build = env.NODE_ENV === "production" ? BUILD : null;
  const server = createServer({ keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT });
  // First, because it blocks the thread for a while and would make PostgreSQL and Redis time out.
  const next = await openNext({ env, server, build });
  const { services, close } = web(await startTracingIfConfigured("web", env));
  const { db, log } = services;
  stopOnSignal(server, log, close);
  void greetDatabase(db, log);
  if (env.RATE_LIMITS === "off") {
    log.warn("RATE_LIMITS is off: request rates are not limited");
  }
  server.on("request", chainGuards(guards(services, next, build)));
  await once(server.listen(env.PORT, env.HOSTNAME), "listening");
  log.info({ url: `http://${env.HOSTNAME}:${env.PORT}` }, "web ready");
}
