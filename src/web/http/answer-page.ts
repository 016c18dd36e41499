import type { Guard } from "#src/platform/http/guard.ts";
import type { Log } from "#src/platform/log.ts";
import type { Next } from "../open-next.ts";

/** Has Next answer whatever comes to it. */
export function answerPage(next: Next, log: Log): Guard {
  return (request, response) => {
    next(request, response).catch((err: unknown) => {
      log.error({ err }, "Next could not answer");
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  };
}
