import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Services } from "./context.ts";
import { appRouter } from "./router.ts";

/** Where the API is mounted. */
const ENDPOINT = "/api/trpc";

/** Bytes that a request's body may have. */
const MAX_BODY = 100_000;

/** Calls that one request may bundle. */
const MAX_BATCH = 10;

/**
 * Answers one HTTP request to the API. Errors are tRPC's JSON with the status of their code; a
 * body over 100 kB is refused with 413 before it is read to its end.
 */
export async function serve(request: Request, services: Services): Promise<Response> {
  const body = await readBody(request);
  if (body === null) return refuse(413, "PAYLOAD_TOO_LARGE", "The request's body is too large.");
  const { url, method, headers } = request;
  const responseHeaders = new Headers({ "cache-control": "no-store" });
  const log = services.log.child({ requestId: headers.get("x-request-id") });
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: new Request(url, { method, headers, body }),
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => ({ ...services, log, cookies: headers.get("cookie"), responseHeaders }),
    responseMeta: () => ({ headers: responseHeaders }),
  });
}

/** The body, `undefined` where there is none, or null where it is too large. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined | null> {
  if (!request.body) return undefined;
  if (Number(request.headers.get("content-length")) > MAX_BODY) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** An error in tRPC's shape, for what is refused before tRPC sees it. */
function refuse(httpStatus: number, code: string, message: string): Response {
  const error = { message, code: -32600, data: { code, httpStatus } };
  return Response.json({ error }, { status: httpStatus });
}
