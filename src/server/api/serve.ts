import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { CLIENT_ADDRESS, toClient } from "../client-address.ts";
import { isRefusal } from "../refusal.ts";
import type { Services } from "./context.ts";
import { toErrorBody } from "./error-body.ts";
import { isCrossSite } from "../is-cross-site.ts";
import { appRouter } from "./router.ts";

/** Where the API is mounted. */
const ENDPOINT = "/api/trpc";

/** The one type that is taken: tRPC takes forms as well, which any site can have a browser send. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Bytes that a request's body may have. */
const MAX_BODY = 100_000;

/** Of every answer. Next would compress each; those here are too short to gain by it. */
const HEADERS = { "cache-control": "no-store, no-transform" };

/** Calls that one request may bundle; each may cost tens of milliseconds of this thread. */
const MAX_BATCH = 3;

/**
 * Answers one HTTP request to the API. Errors are tRPC's JSON with the status of their code; a
 * body over 100 kB is refused with 413 before it is read to its end, and what another site's page
 * made a browser send with 403.
 */
export async function serve(request: Request, services: Services): Promise<Response> {
  if (isCrossSite(request, new URL(services.env.APP_URL).origin)) {
    return refuse(403, "FORBIDDEN", "This was sent by the page of another site.");
  }
  const body = await readBody(request);
  if (body instanceof Response) return body;
  const { url, method, signal } = request;
  const headers = new Headers(request.headers);
  // A streamed answer would send its headers, and with them no cookie, before it is known.
  headers.delete("trpc-accept");
  if (headers.get("accept")?.includes("jsonl")) headers.delete("accept");
  const responseHeaders = new Headers(HEADERS);
  const log = services.log.child({ requestId: headers.get("x-request-id") });
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: new Request(url, { method, headers, body, signal }),
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => ({
      ...services,
      log,
      cookies: headers.get("cookie"),
      clientAddress: headers.get(CLIENT_ADDRESS) ?? toClient(undefined),
      responseHeaders,
    }),
    responseMeta({ errors }) {
      const waits = errors.map(({ cause }) => (isRefusal(cause) && cause.retryAfterMs) || 0);
      const seconds = Math.ceil(Math.max(0, ...waits) / 1000);
      if (seconds > 0) responseHeaders.set("retry-after", String(seconds));
      return { headers: responseHeaders };
    },
  });
}

/** The body, `undefined` where there is none, or the answer to one that cannot be taken. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined | Response> {
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "POST" && !JSON_TYPE.test(type)) return notJson();
  if (!request.body) return undefined;
  if (Number(request.headers.get("content-length")) > MAX_BODY) return tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > MAX_BODY) return tooLarge();
      chunks.push(chunk);
    }
  } catch {
    return refuse(400, "BAD_REQUEST", "The request's body broke off.");
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function notJson(): Response {
  return refuse(415, "UNSUPPORTED_MEDIA_TYPE", "The request's body must be application/json.");
}

function tooLarge(): Response {
  return refuse(413, "PAYLOAD_TOO_LARGE", "The request's body is too large.");
}

function refuse(httpStatus: number, code: string, message: string): Response {
  const body = toErrorBody({ code, httpStatus, message });
  return Response.json(body, { status: httpStatus, headers: HEADERS });
}
