import { loadEnv, orExit } from "#src/env.ts";
import { greetDatabase } from "./db.ts";
import { logRequests } from "./log-requests.ts";
import { steerRequests } from "./steer-requests.ts";
import { stopOnSigterm } from "./stop-web.ts";
import { web } from "./web.ts";

/** Checks the environment, opens the connections, and begins to log requests. */
export function startWeb(): void {
  orExit(loadEnv);
  const { services, close } = web();
  const { db, env, log } = services;
  void greetDatabase(db, log);
  if (env.RATE_LIMITS === "off")
    log.warn("RATE_LIMITS is off: nobody is kept from asking too often");
  logRequests(log);
  steerRequests();
  stopOnSigterm(log, close);
}
