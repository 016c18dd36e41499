import { randomUUID } from "node:crypto";

/**
 * A version 7 UUID (RFC 9562, 5.7): milliseconds, then 74 random bits. Consecutive rows are
 * adjacent in an index, so fewer pages change. The id reveals its creation time, so use it only if
 * that is public.
 */
export function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
