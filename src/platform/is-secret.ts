import { createHash, timingSafeEqual } from "node:crypto";

/** Whether this is the secret. Takes as long whatever was given, and whatever its length. */
export function isSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
