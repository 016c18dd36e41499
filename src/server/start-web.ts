import { EnvError } from "#src/env.ts";
import { logRequests } from "./log-requests.ts";
import { warmUp } from "./users/is-guessable.ts";
import { webServices } from "./web.ts";

/** Checks the environment, opens the connections, and begins to log requests. */
export function startWeb(): void {
  try {
    logRequests(webServices().log);
    warmUp();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
