import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** What an id is signed for. Each has a key of its own, so that no signature serves two ends. */
export type Purpose =
  | "verification-link"
  | "verification-code"
  | "signup-cookie"
  | "client-address";

/**
 * Signs a UUID: the id and its HMAC-SHA-256, 48 bytes, as 64 characters of base64url. The key is
 * derived from APP_SECRET for this one purpose (HKDF, RFC 5869). The same id always gives the
 * same text, so nothing of it has to be kept anywhere.
 */
export function signId(secret: string, purpose: Purpose, uuid: string): string {
  const id = bytesOf(uuid);
  return Buffer.concat([id, hmac(secret, purpose, id)]).toString("base64url");
}

/** The UUID that this text was signed for, compared in constant time; null where it never was. */
export function readSignedId(secret: string, purpose: Purpose, text: string): string | null {
  if (!/^[\w-]{64}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(hmac(secret, purpose, id), bytes.subarray(16))) return null;
  return id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * The code that stands for a UUID where a person types it: 8 decimal digits from the first 48 bits
 * of the id's HMAC-SHA-256 under a key of its own. Whoever checks a guess must count the guesses.
 */
export function codeFor(secret: string, uuid: string): string {
  const number = hmac(secret, "verification-code", bytesOf(uuid)).readUIntBE(0, 6) % 100_000_000;
  return String(number).padStart(8, "0");
}

/** A name for a client's address, always the same, by which nobody without APP_SECRET learns the address. */
export function pseudonymOf(secret: string, address: string): string {
  return hmac(secret, "client-address", Buffer.from(address)).toString("base64url");
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function hmac(secret: string, purpose: Purpose, id: Buffer): Buffer {
  const key = hkdfSync("sha256", secret, "", `enlist/${purpose}`, 32);
  return createHmac("sha256", Buffer.from(key)).update(id).digest();
}
