import { loadEnvOrExit } from "#src/env.ts";
import { logRequests } from "./log-requests.ts";
import { webServices } from "./web.ts";

/** Milliseconds that requests under way get to finish; the process must be gone within 10 s. */
const GRACE = 9000;

/** Checks the environment, opens the connections, and begins to log requests. */
export function startWeb(): void {
  loadEnvOrExit();
  logRequests(webServices().log);
  process.once("SIGTERM", endWithZero);
}

/** Next drains its requests on SIGTERM by itself, but then ends with 143 or, if one hangs, never. */
function endWithZero(): void {
  webServices().log.info({ signal: "SIGTERM" }, "stopping");
  process.once("exit", () => (process.exitCode = 0));
  setTimeout(() => process.exit(0), GRACE);
}
