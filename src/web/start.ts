import { join } from "node:path";
import { loadWebEnv, orExit } from "#src/platform/env.ts";
import { checkHost } from "../platform/http/check-host.ts";
import { parseTrust } from "../platform/client-address.ts";
import { greetDatabase } from "../platform/db.ts";
import { guardServer } from "../platform/http/guard-server.ts";
import { logRequests } from "./http/log-requests.ts";
import { secureResponses } from "./http/secure-responses.ts";
import { shedLoad } from "./http/shed-load.ts";
import { steerRequests } from "./http/steer-requests.ts";
import { stopOnSigterm } from "./stop.ts";
import { traceIfAsked } from "../platform/tracing/trace-if-asked.ts";
import { web } from "./services.ts";

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
