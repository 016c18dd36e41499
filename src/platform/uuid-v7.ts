import { randomUUID } from "node:crypto";

/**
 * A UUID of version 7 (RFC 9562, 5.7): the time in milliseconds, then 74 random bits. Rows that come one
 * after the other lie side by side in an index by it, so that few of its pages change; the id tells
 * when it was made, so it is for what shows its time anyway.
 */
export function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
