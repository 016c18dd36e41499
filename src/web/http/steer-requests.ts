import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import {
  CLIENT_ADDRESS,
  readClientAddress,
  toClient,
  type Trust,
} from "#src/platform/client-address.ts";

/**
 * Steers what Next would answer with 500, though it is the client's fault, to where it answers
 * with 4xx: a target that is no path, or cannot be decoded, leads nowhere (404), and TRACE, of
 * which the fetch standard allows no Request to be made, is a method that nothing here knows (400).
 * Takes away what only Next should tell itself, as by `x-middleware-prefetch` it answers any call
 * with 200 and does nothing; and from what is sent to a page its type, as a form would be taken for a
 * call of it, and fail where it is none. And tells whoever answers which client it is, as a fetch Request has
 * no socket to look at.
 * @param trust which proxies' word on the client's address counts
 */
export function steerRequests(trust: Trust): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "TRACE") request.method = "PURGE";
    request.headers[CLIENT_ADDRESS] = toClient(readClientAddress(request, trust));
    request.url = toPath(request.url ?? "/");
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith("x-middleware-")) delete request.headers[name];
    }
    if (!request.url.startsWith("/api/")) delete request.headers["content-type"];
  });
}

/**
 * The path and query of a target, which may be an absolute URL as well (RFC 9112, 3.2.2). No path here
 * has a question mark: one that is encoded is a link's that was encoded as a whole.
 */
function toPath(target: string): string {
  const path = (target.replace(/^https?:\/\/[^/?#]*/i, "") || "/").replace(/^([^?]*?)%3F/i, "$1?");
  return path.startsWith("/") && isDecodable(path) ? path : "/not-a-path";
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
