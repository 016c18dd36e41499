import type { IncomingMessage } from "node:http";
import { unescape } from "node:querystring";
import { acceptLanguage } from "#src/platform/http/accept-language.ts";
import { refuseAtDoor, type Guard } from "#src/platform/http/guard.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { overloaded, textOf } from "#src/platform/refusal.ts";
import { HASHES_AT_ONCE } from "#src/signup/hash-password.ts";
import { collectBody } from "./collect-body.ts";
import { CALLS, isCall } from "./is-call.ts";

/** Sign-ups, streams and all other calls have separate quotas, so that none starves the others. */
type Lane = "signups" | "others" | "streams";

/** Maximum concurrent calls. Any more would wait for over a third of a second. */
const AT_ONCE = 16 * HASHES_AT_ONCE;

/** A stream is long-lived and costs no CPU while idle, but 0.15 MB of memory. */
const MOST: Record<Lane, number> = { signups: AT_ONCE, others: AT_ONCE, streams: 2000 };

/**
 * Refuses API calls with 503 and Retry-After while this process is busy, so that refusals cost
 * accepted calls almost nothing. A call counts once it is complete, so that half-sent
 * requests take no room, and every call that is served is counted.
 */
export function shedLoad(): Guard {
  const underWay: Record<Lane, number> = { signups: 0, others: 0, streams: 0 };
  return (request, response, pass) => {
    const lane = laneOf(request);
    if (!lane) return pass();
    const refuseIfFull = () => {
      if (underWay[lane] < MOST[lane]) return false;
      if (lane === "signups") count("enlist_signups_total", "overloaded");
      const refusal = overloaded();
      const { code, reason, retryAfterMs = 0 } = refusal;
      const message = textOf(refusal, acceptLanguage(request.headers["accept-language"]));
      refuseAtDoor(response, { code, reason, httpStatus: 503, message, retryAfterMs });
      return true;
    };
    const enter = () => {
      if (response.destroyed || refuseIfFull()) return;
      underWay[lane]++;
      response.once("close", () => underWay[lane]--);
      pass();
    };
    // A stream holds its place from the start, even if its request is incomplete.
    if (lane === "streams") enter();
    else if (!refuseIfFull()) collectBody(request, enter);
  };
}

/** Reads the path as tRPC will: decoded, and with several names at once. */
function laneOf(request: IncomingMessage): Lane | undefined {
  if (!isCall(request)) return undefined;
  const { method, url = "" } = request;
  const path = unescape(url.split("?", 1)[0] ?? "");
  const procedures = path.slice(CALLS.length).split(",");
  // POST opens no stream, but its body may take long.
  if (method === "GET" && procedures.includes("signupStatus")) return "streams";
  return procedures.includes("createUser") ? "signups" : "others";
}
