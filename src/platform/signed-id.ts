import {
  createHmac,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";

/** APP_SECRET: the first signs, each verifies, so that a new one can be put before an old one. */
export type Secrets = readonly [string, ...string[]];

/** What an id is signed for. Each has a key of its own, so that no signature serves two ends. */
export type Purpose = "verification-link" | "verification-code" | "signup-cookie" | "rate-limit";

/**
 * Signs a UUID: the id and its HMAC-SHA-256, 48 bytes, as 96 hexadecimal digits in a link, as 64
 * characters of base64url elsewhere. The key is derived from APP_SECRET for this one purpose
 * (HKDF, RFC 5869). The same id always gives the same text, so nothing of it has to be kept anywhere.
 */
export function signId([secret]: Secrets, purpose: Purpose, uuid: string): string {
  const id = bytesOf(uuid);
  // Mail programs end a link before its last "-" or "_", and some break a line there.
  const encoding = purpose === "verification-link" ? "hex" : "base64url";
  return Buffer.concat([id, hmac(secret, purpose, id)]).toString(encoding);
}

/** The UUID that this text was signed for, compared in constant time; null where it never was. */
export function readSignedId(secrets: Secrets, purpose: Purpose, text: string): string | null {
  const bytes = decode(text);
  if (!bytes) return null;
  const id = bytes.subarray(0, 16);
  const signature = bytes.subarray(16);
  if (!secrets.some((secret) => timingSafeEqual(hmac(secret, purpose, id), signature))) return null;
  return id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * The code that stands for a UUID where a person types it: 8 decimal digits from the first 48 bits
 * of the id's HMAC-SHA-256 under a key of its own.
 */
export function codeFor([secret]: Secrets, uuid: string): string {
  const number = hmac(secret, "verification-code", bytesOf(uuid)).readUIntBE(0, 6) % 100_000_000;
  return String(number).padStart(8, "0");
}

/**
 * Whether this is the code that stands for the UUID, compared in constant time.
 * Whoever asks must count how often.
 * @param code eight digits
 */
export function isCodeFor(secrets: Secrets, uuid: string, code: string): boolean {
  return secrets.some((secret) =>
    timingSafeEqual(Buffer.from(codeFor([secret], uuid)), Buffer.from(code)),
  );
}

/** A name for whoever is counted, always the same, by which nobody without APP_SECRET learns who. */
export function pseudonymOf([secret]: Secrets, who: string): string {
  return hmac(secret, "rate-limit", Buffer.from(who)).toString("base64url");
}

/** Either form, whatever the purpose: links that were mailed before they were in hex still work. */
function decode(text: string): Buffer | null {
  if (/^[\da-f]{96}$/.test(text)) return Buffer.from(text, "hex");
  return /^[\w-]{64}$/.test(text) ? Buffer.from(text, "base64url") : null;
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function hmac(secret: string, purpose: Purpose, id: Buffer): Buffer {
  return createHmac("sha256", keyOf(secret, purpose)).update(id).digest();
}

/** Kept, as deriving one takes several times as long as signing with it. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string, purpose: Purpose): KeyObject {
  const name = `${purpose} ${secret}`;
  const kept = keys.get(name);
  if (kept) return kept;
  const bytes = hkdfSync("sha256", secret, "", `enlist/${purpose}`, 32);
  const key = createSecretKey(Buffer.from(bytes));
  keys.set(name, key);
  return key;
}
