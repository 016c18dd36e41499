import {
  CLIENT_ADDRESS,
  readClientAddress,
  toClient,
  type Trust,
} from "#src/platform/client-address.ts";
import type { Guard } from "#src/platform/http/guard.ts";

/**
 * Corrects requests that Next would answer with 500 although the client is at fault. An invalid
 * path leads to 404, and TRACE, which the fetch standard forbids, becomes an unknown method.
 * Removes headers that only Next may send, and a page request's content type, which could invoke a
 * server action. Sets the header with the client's address.
 * @param trust which proxies may report the client's address
 */
export function sanitizeRequest(trust: Trust): Guard {
  return (request, _, pass) => {
    if (request.method === "TRACE") request.method = "PURGE";
    request.headers[CLIENT_ADDRESS] = toClient(readClientAddress(request, trust));
    request.url = toPath(request.url ?? "/");
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith("x-middleware-")) delete request.headers[name];
    }
    if (!request.url.startsWith("/api/")) delete request.headers["content-type"];
    pass();
  };
}

/**
 * The path and query of a target, which may be an absolute URL (RFC 9112, 3.2.2). No path here has
 * a question mark, so an encoded one means that the whole link was encoded.
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
