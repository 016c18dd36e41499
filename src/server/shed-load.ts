import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { unescape } from "node:querystring";
import { toErrorBody } from "./api/error-body.ts";
import { count } from "./metrics/measure.ts";
import { busy } from "./refusal.ts";
import { HASHES_AT_ONCE } from "./users/hash-password.ts";

/** Milliseconds in which a body should have come; those of the page come with the head. */
const BODY_MS = 200;

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
 * what a refusal costs, and would keep the accepted ones from their turn.
 */
export function shedLoad(): void {
  const guarded = new WeakSet<Server>();
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (guarded.has(server)) return;
    guarded.add(server);
    guard(server); // The request that has just come is handed to the listeners after this.
  });
}

function guard(server: Server): void {
  const underWay: Record<Lane, number> = { signups: 0, others: 0, streams: 0 };
  const listeners = server.listeners("request") as ((...args: unknown[]) => void)[];
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const lane = laneOf(request);
    if (lane && underWay[lane] >= MOST[lane]) {
      if (lane === "signups") count("enlist_signups_total", "overloaded");
      return refuse(response);
    }
    if (lane) {
      underWay[lane]++;
      const leave = () => underWay[lane]--;
      // Whoever opens a stream holds it, whatever else of the request is still to come.
      if (lane === "streams") response.once("close", leave);
      else whenOver(request, response, leave);
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}

/**
 * Calls back once, when the request is answered, or its body is overdue: whoever sends half a request
 * and waits takes up no room, and so keeps nobody out.
 */
function whenOver(request: IncomingMessage, response: ServerResponse, callback: () => void): void {
  let isOver = false;
  const end = () => {
    if (!isOver) callback();
    isOver = true;
  };
  // What has come meanwhile is read first, on a thread that had no time for it.
  const look = () => setImmediate(() => request.complete || end());
  const timer = setTimeout(look, BODY_MS);
  response.once("close", () => {
    clearTimeout(timer);
    end();
  });
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

function refuse(response: ServerResponse): void {
  const { code, message, retryAfterMs = 0 } = busy();
  response.writeHead(503, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "retry-after": String(Math.ceil(retryAfterMs / 1000)),
  });
  response.end(JSON.stringify(toErrorBody({ code, httpStatus: 503, message, retryAfterMs })));
}
