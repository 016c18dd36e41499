import { join } from "node:path";
import { parseTrust } from "#src/platform/client-address.ts";
import { checkHost } from "#src/platform/http/check-host.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import type { Services } from "../api/context.ts";
import { answerApi } from "./answer-api.ts";
import { logRequest } from "./log-request.ts";
import { sanitizeRequest } from "./sanitize-request.ts";
import { secureResponse } from "./secure-response.ts";
import { shedLoad } from "./shed-load.ts";

/**
 * The way of every request through the web process, in this order. What none of these answers goes
 * to Next: the pages, their parts, and the rest of the API (src/app).
 * @param build the folder of the production build; null in development, where Next answers the whole
 *   API by its mounts in src/app/api, as it compiles them anew after each change
 */
export function guards(services: Services, build: string | null): Guard[] {
  const { env, log } = services;
  const first = [
    logRequest(log),
    secureResponse({
      pages: build && join(build, ".next", "server"),
      https: env.APP_URL.startsWith("https:"),
    }),
    sanitizeRequest(parseTrust(env.TRUST_PROXY)),
    checkHost,
  ];
  return build === null ? first : [...first, shedLoad(), answerApi(services)];
}
