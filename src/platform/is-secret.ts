import { createHash, timingSafeEqual } from "node:crypto";

/** Whether this is the secret. Takes equally long for any input of any length. */
export function isSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
