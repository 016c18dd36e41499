import {
  createHmac,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";

/** APP_SECRET: the first signs, all verify, so that a new one can be prepended. */
export type Secrets = readonly [string, ...string[]];

/** The purpose of a signature. Each has its own key, so that no signature is valid for two. */
export type Purpose =
  | "verification-link"
  | "invitation-link"
  | "verification-code"
  | "signup-cookie"
  | "rate-limit";

/**
 * Signs a UUID: the id and its HMAC-SHA-256, 48 bytes, as 96 hexadecimal digits in links and as 64
 * characters of base64url elsewhere. HKDF (RFC 5869) derives the key for the purpose from
 * APP_SECRET. The result is deterministic, so it need not be stored.
 */
export function signId([secret]: Secrets, purpose: Purpose, uuid: string): string {
  const id = bytesOf(uuid);
  return Buffer.concat([id, hmac(secret, purpose, id)]).toString(encodingOf(purpose));
}

/** The signed UUID, compared in constant time; null if the signature is invalid. */
export function readSignedId(secrets: Secrets, purpose: Purpose, text: string): string | null {
  const bytes = decode(purpose, text);
  if (!bytes) return null;
  const id = bytes.subarray(0, 16);
  const signature = bytes.subarray(16);
  if (!secrets.some((secret) => timingSafeEqual(hmac(secret, purpose, id), signature))) return null;
  return id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * The code for a UUID, to be typed by a person. It has 8 decimal digits, from the first 48 bits of
 * the id's HMAC-SHA-256 under a separate key.
 */
export function codeFor([secret]: Secrets, uuid: string): string {
  const number = hmac(secret, "verification-code", bytesOf(uuid)).readUIntBE(0, 6) % 100_000_000;
  return String(number).padStart(8, "0");
}

/**
 * Whether this is the code for the UUID, compared in constant time. Callers must limit attempts.
 * @param code eight digits
 */
export function isCodeFor(secrets: Secrets, uuid: string, code: string): boolean {
  return secrets.some((secret) =>
    timingSafeEqual(Buffer.from(codeFor([secret], uuid)), Buffer.from(code)),
  );
}

/** A stable pseudonym that reveals nothing without APP_SECRET. */
export function pseudonymOf([secret]: Secrets, who: string): string {
  return hmac(secret, "rate-limit", Buffer.from(who)).toString("base64url");
}

function decode(purpose: Purpose, text: string): Buffer | null {
  const encoding = encodingOf(purpose);
  const shape = encoding === "hex" ? /^[\da-f]{96}$/ : /^[\w-]{64}$/;
  return shape.test(text) ? Buffer.from(text, encoding) : null;
}

/** Mail programs end a link before a final "-" or "_", and some wrap there. */
function encodingOf(purpose: Purpose): "hex" | "base64url" {
  return purpose.endsWith("-link") ? "hex" : "base64url";
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function hmac(secret: string, purpose: Purpose, id: Buffer): Buffer {
  return createHmac("sha256", keyOf(secret, purpose)).update(id).digest();
}

/** Cached, because deriving a key takes several times as long as signing. */
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
