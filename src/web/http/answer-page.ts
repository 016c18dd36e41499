import type { Guard } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";
import type { Next } from "../open-next.ts";

/** Lets Next answer every request that gets this far. */
export function answerPage(next: Next, log: Log): Guard {
  return (request, response) => {
    next(request, response).catch((err: unknown) => {
      log.error({ err }, "Next could not answer");
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  };
}
