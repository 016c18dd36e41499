import type { IncomingMessage } from "node:http";

/** The API's procedures are below this path. */
export const CALLS = "/api/trpc/";

/** Whether this is an API call. Next answers other methods, naming those that are allowed. */
export function isCall({ method, url = "" }: IncomingMessage): boolean {
  return url.startsWith(CALLS) && ["GET", "HEAD", "POST"].includes(method ?? "");
}
