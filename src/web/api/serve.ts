import { getErrorShape, type TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { CLIENT_ADDRESS, toClient } from "#src/platform/client-address.ts";
import { acceptLanguage } from "#src/platform/http/accept-language.ts";
import { isRefusal } from "#src/platform/refusal.ts";
import type { Services } from "./context.ts";
import { isCrossSite } from "#src/platform/http/is-cross-site.ts";
import { forRequests, type Call } from "./call.ts";
import { refuseBody, refuseQuery } from "./refuse-input.ts";
import { HEADERS, refuse } from "./refuse.ts";
import { appRouter } from "./router.ts";

/** The path at which the API is mounted. */
const ENDPOINT = "/api/trpc";

/** Calls per batch. Each may cost tens of milliseconds on this thread. */
const MAX_BATCH = 3;

export const serve = forRequests(answerCall);

/**
 * Answers one HTTP request to the API. HEAD is answered like GET, without the body (RFC 9110,
 * 9.3.2). Errors are tRPC's JSON with the matching status, even if a stream cannot be opened. A
 * body over 100 kB is refused with 413, and a request from another site's page with 403.
 * @param call its headers may be changed
 */
export async function answerCall(call: Call, services: Services): Promise<Response> {
  if (call.method !== "HEAD") return answer(call, services);
  const got = await answer({ ...call, method: "GET" }, services);
  await got.body?.cancel(); // This ends a stream too.
  return new Response(null, got);
}

async function answer(call: Call, services: Services): Promise<Response> {
  const { url, method, headers, body, signal } = call;
  if (isCrossSite(call, new URL(services.env.APP_URL).origin)) {
    return refuse(403, "FORBIDDEN", "This request came from another site's page.");
  }
  const refused = refuseBody(call) ?? refuseQuery(call);
  if (refused) return refused;
  // A streamed answer would send its headers before the cookie is known.
  headers.delete("trpc-accept");
  if (headers.get("accept")?.includes("jsonl")) headers.delete("accept");
  // tRPC would refuse a form's type by 405, as plain text, although there is no body.
  if (method !== "POST") headers.delete("content-type");
  const responseHeaders = new Headers(HEADERS);
  const log = services.log.child({ requestId: headers.get("x-request-id") });
  // tRPC would take a missing body for broken JSON.
  const input = method === "POST" ? (body ?? "{}") : body;
  let unopened: { error: TRPCError; shape: object } | undefined;
  const response = await fetchRequestHandler({
    endpoint: ENDPOINT,
    req: new Request(url, { method, headers, body: input ?? null, signal: signal ?? null }),
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => ({
      ...services,
      log,
      cookies: headers.get("cookie"),
      language: acceptLanguage(headers.get("accept-language")),
      clientAddress: headers.get(CLIENT_ADDRESS) ?? toClient(undefined),
      responseHeaders,
    }),
    responseMeta({ errors }) {
      tellWhenAgain(responseHeaders, errors);
      return { headers: responseHeaders };
    },
    onError({ error, type, path, input: given, ctx }) {
      if (type !== "subscription" || unopened) return;
      // oxlint-disable-next-line no-underscore-dangle -- tRPC's own adapters take it from there
      const config = appRouter._def._config;
      unopened = { error, shape: getErrorShape({ config, error, type, path, input: given, ctx }) };
    },
  });
  // A stream's keep-alive would overrule a client that asks to close.
  response.headers.delete("connection");
  // tRPC answers 200 with the error inside, which logs and proxies would not see.
  return unopened ? answerUnopened(response, unopened.error, unopened.shape) : response;
}

async function answerUnopened(
  opened: Response,
  error: TRPCError,
  shape: object,
): Promise<Response> {
  await opened.body?.cancel();
  const status = getHTTPStatusCodeFromError(error);
  const refused = Response.json({ error: shape }, { status, headers: HEADERS });
  const allow = opened.headers.get("allow");
  if (allow) refused.headers.set("allow", allow);
  tellWhenAgain(refused.headers, [error]);
  return refused;
}

/** Sets Retry-After if one of these errors has a pause. */
function tellWhenAgain(headers: Headers, errors: TRPCError[]): void {
  const waits = errors.map(({ cause }) => (isRefusal(cause) && cause.retryAfterMs) || 0);
  const seconds = Math.ceil(Math.max(0, ...waits) / 1000);
  if (seconds > 0) headers.set("retry-after", String(seconds));
}
