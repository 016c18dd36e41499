import {
  CLIENT_ADDRESS,
  readClientAddress,
  toClient,
  type Trust,
} from "#src/platform/client-address.ts";
import type { Guard } from "#src/platform/http/guard.ts";

/**
 * Corrects what Next would answer with 500, though it is the client's fault: a target that is no
 * path, or cannot be decoded, leads nowhere (404), and TRACE, of which the fetch standard allows no
 * Request to be made, becomes a method that nothing here knows. Removes the headers that only Next may
 * send itself, and the type of what is sent to a page, which could pass for a call of a server action.
 * And sets the header by which the API learns which client it is.
 * @param trust which proxies' word on the client's address counts
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
