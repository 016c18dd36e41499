import type { IncomingMessage } from "node:http";
import { unescape } from "node:querystring";
import { refuseAtDoor, type Guard } from "#src/platform/http/guard.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { busy } from "#src/platform/refusal.ts";
import { HASHES_AT_ONCE } from "#src/signup/hash-password.ts";
import { collectBody } from "./collect-body.ts";
import { CALLS, isCall } from "./is-call.ts";

/** Sign-ups, streams, and all other calls, so that none of them keeps the others out. */
type Lane = "signups" | "others" | "streams";

/** Calls under way at once: what is more would wait for over a third of a second. */
const AT_ONCE = 16 * HASHES_AT_ONCE;

/** A stream lasts by design, and costs no time while nothing happens, but 0.15 MB. */
const MOST: Record<Lane, number> = { signups: AT_ONCE, others: AT_ONCE, streams: 2000 };

/**
 * Answers calls of the API with 503 and Retry-After while as many as this process can serve in a
 * moment are under way, so that a refusal costs the accepted ones next to nothing. A call is under
 * way from when all of it is there, so that half a request takes up no room, and none is served without.
 */
export function shedLoad(): Guard {
  const underWay: Record<Lane, number> = { signups: 0, others: 0, streams: 0 };
  return (request, response, pass) => {
    const lane = laneOf(request);
    if (!lane) return pass();
    const refuseIfFull = () => {
      if (underWay[lane] < MOST[lane]) return false;
      if (lane === "signups") count("enlist_signups_total", "overloaded");
      const { code, message, retryAfterMs = 0 } = busy();
      refuseAtDoor(response, { code, httpStatus: 503, message, retryAfterMs });
      return true;
    };
    const enter = () => {
      if (response.destroyed || refuseIfFull()) return;
      underWay[lane]++;
      response.once("close", () => underWay[lane]--);
      pass();
    };
    // Whoever opens a stream holds it, whatever else of the request is still to come.
    if (lane === "streams") enter();
    else if (!refuseIfFull()) collectBody(request, enter);
  };
}

/** By what tRPC will make of the path: it decodes it, and takes several names at once. */
function laneOf(request: IncomingMessage): Lane | undefined {
  if (!isCall(request)) return undefined;
  const { method, url = "" } = request;
  const path = unescape(url.split("?", 1)[0] ?? "");
  const procedures = path.slice(CALLS.length).split(",");
  // By POST none is opened, but the body may be a long time coming.
  if (method === "GET" && procedures.includes("signupStatus")) return "streams";
  return procedures.includes("createUser") ? "signups" : "others";
}
