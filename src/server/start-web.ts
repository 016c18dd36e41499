import { join } from "node:path";
import { loadWebEnv, orExit } from "#src/env.ts";
import { checkHost } from "./check-host.ts";
import { parseTrust } from "./client-address.ts";
import { greetDatabase } from "./db.ts";
import { guardServer } from "./guard-server.ts";
import { logRequests } from "./log-requests.ts";
import { secureResponses } from "./secure-responses.ts";
import { shedLoad } from "./shed-load.ts";
import { steerRequests } from "./steer-requests.ts";
import { stopOnSigterm } from "./stop-web.ts";
import { traceIfAsked } from "./tracing/trace-if-asked.ts";
import { web } from "./web.ts";

/** Checks the environment, opens the connections, and begins to log requests. */
export async function startWeb(): Promise<void> {
  const { services, close } = web(await traceIfAsked("web", orExit(loadWebEnv)));
  const { db, env, log } = services;
  void greetDatabase(db, log);
  if (env.RATE_LIMITS === "off")
    log.warn("RATE_LIMITS is off: nobody is kept from asking too often");
  secureResponses({
    pages: env.NODE_ENV === "production" ? join(process.cwd(), ".next", "server") : null,
    https: env.APP_URL.startsWith("https:"),
  });
  logRequests(log);
  steerRequests(parseTrust(env.TRUST_PROXY));
  guardServer([checkHost, shedLoad()], { upgrades: env.NODE_ENV !== "production" });
  stopOnSigterm(log, close);
}
