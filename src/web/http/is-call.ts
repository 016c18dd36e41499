import type { IncomingMessage } from "node:http";

/** Below this path are the procedures of the API. */
export const CALLS = "/api/trpc/";

/** Whether this is a call of the API. By any other method, Next says which there are. */
export function isCall({ method, url = "" }: IncomingMessage): boolean {
  return url.startsWith(CALLS) && ["GET", "HEAD", "POST"].includes(method ?? "");
}
