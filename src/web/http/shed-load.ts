import type { IncomingMessage } from "node:http";
import { unescape } from "node:querystring";
import { MAX_BODY } from "../api/read-body.ts";
import { refuseAtDoor, type Guard } from "#src/platform/http/guard-server.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { busy } from "#src/platform/refusal.ts";
import { HASHES_AT_ONCE } from "#src/signup/hash-password.ts";

/** Sign-ups, streams, and all other calls, so that none of them keeps the others out. */
type Lane = "signups" | "others" | "streams";

const API = "/api/trpc/";

/** Calls under way at once: what is more would wait for over a third of a second. */
const AT_ONCE = 16 * HASHES_AT_ONCE;

/** A stream lasts by design, and costs no time while nothing happens, but 0.15 MB. */
const MOST: Record<Lane, number> = { signups: AT_ONCE, others: AT_ONCE, streams: 2000 };

/**
 * Answers calls of the API with 503 and Retry-After while as many as this process can serve in a
 * moment are under way. This happens before Next sees them: its own work on a request is most of
 * what a refusal costs, and would keep the accepted ones from their turn. A call is under way from
 * when all of it is there, so that half a request takes up no room, and none is served without.
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
    else if (!refuseIfFull()) whenWhole(request, enter);
  };
}

/** By what tRPC will make of the path: it decodes it, and takes several names at once. */
function laneOf({ method, url = "" }: IncomingMessage): Lane | undefined {
  const path = unescape(url.split("?", 1)[0] ?? "");
  if (!path.startsWith(API)) return undefined;
  const procedures = path.slice(API.length).split(",");
  // By POST none is opened, but the body may be a long time coming.
  if (method === "GET" && procedures.includes("signupStatus")) return "streams";
  return procedures.includes("createUser") ? "signups" : "others";
}

/**
 * Calls back once the whole body is there, still to be read; or more of it than will be taken. A
 * client that leaves before is not heard of any more.
 */
function whenWhole(request: IncomingMessage, callback: () => void): void {
  const { headers } = request;
  if (headers["transfer-encoding"] === undefined && !Number(headers["content-length"])) {
    return callback();
  }
  const push = request.push.bind(request);
  let size = 0;
  // Node's parser hands over the body by this, and reads no more of the connection at a `false`.
  request.push = (chunk: Buffer | null) => {
    const wantsMore = push(chunk);
    size += chunk?.byteLength ?? 0;
    if (chunk !== null && size <= MAX_BODY) return true;
    request.push = push;
    process.nextTick(callback);
    return wantsMore;
  };
}
