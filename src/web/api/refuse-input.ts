import { isUtf8 } from "node:buffer";
import type { Call } from "./call.ts";
import { refuse } from "./refuse.ts";

/** Maximum bytes of a request's body. */
export const MAX_BODY = 100_000;

/** The only accepted type. tRPC accepts forms too, which any site can make a browser send. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Encodings in a content type. JSON allows only UTF-8 (RFC 8259, 8.1), often written UTF8. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/gi;
const UTF_8 = /^utf-?8$/i;

/** Checks the body. Returns the refusal, or undefined if the body is acceptable or missing. */
export function refuseBody({ method, headers, body }: Call): Response | undefined {
  if (method !== "POST") return undefined;
  if (!isJson(headers.get("content-type") ?? "")) return notJson();
  const size = Math.max(Number(headers.get("content-length")) || 0, body?.length ?? 0);
  if (size > MAX_BODY) return tooLarge();
  if (!body) return undefined;
  // Nothing here decompresses, so compressed bytes would be misread.
  if (!/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) return notJson();
  // Invalid bytes would all be decoded to the same character, even in passwords.
  return isUtf8(body) ? undefined : notUtf8("body");
}

/** The answer to a query whose escapes are not UTF-8; undefined if it is valid. */
export function refuseQuery({ url }: Pick<Call, "url">): Response | undefined {
  const bytes = new URL(url).search.replaceAll(/%([\da-f]{2})/gi, toByte);
  return isUtf8(Buffer.from(bytes, "latin1")) ? undefined : notUtf8("query");
}

function toByte(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function isJson(type: string): boolean {
  return JSON_TYPE.test(type) && [...type.matchAll(CHARSET)].every(([, name]) => UTF_8.test(name!));
}

function notJson(): Response {
  const message = "The request's body must be application/json, in UTF-8 and uncompressed.";
  return refuse(415, "UNSUPPORTED_MEDIA_TYPE", message);
}

function notUtf8(part: "body" | "query"): Response {
  return refuse(400, "BAD_REQUEST", `The request's ${part} holds bytes that are not UTF-8.`);
}

function tooLarge(): Response {
  return refuse(413, "PAYLOAD_TOO_LARGE", "The request's body is too large.");
}
