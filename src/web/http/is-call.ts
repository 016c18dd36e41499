import type { IncomingMessage } from "node:http";
import { HANDOFF } from "../api/serve-handoff.ts";

/** The API's procedures are below this path. */
export const CALLS = "/api/trpc/";

/** Whether this is an API call. Next answers other methods, naming those that are allowed. */
export function isCall(request: IncomingMessage): boolean {
  const { method, url = "" } = request;
  const isOurs = url.startsWith(CALLS) || isHandoff(request);
  return isOurs && ["GET", "HEAD", "POST"].includes(method ?? "");
}

/** Whether the application swaps a code. */
export function isHandoff({ url = "" }: IncomingMessage): boolean {
  return url.split("?", 1)[0] === HANDOFF;
}
