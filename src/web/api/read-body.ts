import { isUtf8 } from "node:buffer";
import { refuse } from "./refuse.ts";

/** Maximum bytes of a request's body. */
export const MAX_BODY = 100_000;

/** The only accepted type. tRPC accepts forms too, which any site can make a browser send. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Encodings in a content type. JSON allows only UTF-8 (RFC 8259, 8.1), often written UTF8. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/gi;
const UTF_8 = /^utf-?8$/i;

/** Reads the body: `undefined` if there is none, or the answer that refuses it. */
export async function readBody(
  request: Request,
): Promise<Uint8Array<ArrayBuffer> | undefined | Response> {
  const { headers } = request;
  if (request.method === "POST" && !isJson(headers.get("content-type") ?? "")) return notJson();
  if (!request.body) return undefined;
  // Nothing here decompresses, so compressed bytes would be misread.
  if (!/^(identity)?$/i.test(headers.get("content-encoding") ?? "")) return notJson();
  if (Number(headers.get("content-length")) > MAX_BODY) return tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > MAX_BODY) return tooLarge();
      chunks.push(chunk);
    }
  } catch {
    return refuse(400, "BAD_REQUEST", "The request's body is incomplete.");
  }
  const body = new Uint8Array(Buffer.concat(chunks));
  // Invalid bytes would all be decoded to the same character, even in passwords.
  if (!isUtf8(body)) return notUtf8("body");
  return size > 0 ? body : undefined;
}

/** The answer to a query whose escapes are not UTF-8; undefined if it is valid. */
export function refuseQuery({ url }: Request): Response | undefined {
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
