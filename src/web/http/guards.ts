import { join } from "node:path";
import { parseTrust } from "#src/platform/client-address.ts";
import { checkHost } from "#src/platform/http/check-host.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import type { Services } from "../api/context.ts";
import { answerApi } from "./answer-api.ts";
import { answerDocument } from "./answer-document.ts";
import { checkReturn } from "./check-return.ts";
import { chooseForm } from "./choose-form.ts";
import { chooseLanguage } from "./choose-language.ts";
import type { Next } from "../open-next.ts";
import { answerPage } from "./answer-page.ts";
import { pagePolicy } from "./page-policy.ts";
import { logRequest } from "./log-request.ts";
import { sanitizeRequest } from "./sanitize-request.ts";
import { secureResponse } from "./secure-response.ts";
import { shedLoad } from "./shed-load.ts";
import { traceRequest } from "./trace-request.ts";

/**
 * The guards of every request to the web process, in order. In development, Next also answers the
 * API through src/app/api, because it recompiles after each change, and load is not shed.
 * @param build the folder of the production build; null in development
 */
export function guards(services: Services, next: Next, build: string | null): Guard[] {
  const { env, log } = services;
  const https = env.APP_URL.startsWith("https:");
  return [
    logRequest(log),
    secureResponse({ hasPolicy: build !== null, https }),
    sanitizeRequest(parseTrust(env.TRUST_PROXY)),
    checkHost,
    ...(build ? [shedLoad(), traceRequest, answerApi(services), answerDocument(env)] : []),
    chooseLanguage(env.APP_URL),
    checkReturn(services.returns, log),
    chooseForm(env),
    ...(build ? [pagePolicy({ folder: join(build, ".next", "server"), https })] : []),
    answerPage(next, log),
  ];
}
