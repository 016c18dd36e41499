import { loadEnvOrExit } from "#src/env.ts";
import { logRequests } from "./log-requests.ts";
import { steerRequests } from "./steer-requests.ts";
import { stopOnSigterm } from "./stop-web.ts";
import { webServices } from "./web.ts";

/** Checks the environment, opens the connections, and begins to log requests. */
export function startWeb(): void {
  loadEnvOrExit();
  const { log } = webServices();
  logRequests(log);
  steerRequests();
  stopOnSigterm(log);
}
