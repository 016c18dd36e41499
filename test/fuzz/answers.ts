import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** One HTTP answer as it came over the line. */
export interface Answer {
  status: number;
  /** By their names in small letters; what came twice is joined by a line's end. */
  headers: Map<string, string>;
  body: string;
}

/**
 * Reads the answers out of what a server sent on one connection (RFC 9112, 6). One that broke off
 * is left out, but for a stream of events, which goes on until somebody goes away.
 * @param toHead whether the request was a HEAD, whose answer has no body whatever its headers say
 * @throws where this is no HTTP
 */
export function parseAnswers(bytes: Buffer, toHead = false): Answer[] {
  const answers: Answer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const [first = "", ...lines] = bytes.toString("latin1", at, end).split("\r\n");
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
    if (!status) throw new Error(`no HTTP: ${JSON.stringify(first.slice(0, 80))}`);
    at = end + 4;
    if (status < 200) continue; // 100 Continue: the answer is still to come.
    const headers = parseHeaders(lines);
    const hasNone = toHead || status === 204 || status === 304;
    const body = hasNone ? { bytes: Buffer.alloc(0), end: at } : parseBody(bytes, at, headers);
    if (!body) break;
    at = body.end;
    answers.push({ status, headers, body: decode(body.bytes, headers.get("content-encoding")) });
  }
  return answers;
}

function parseHeaders(lines: string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value);
  }
  return headers;
}

function parseBody(
  bytes: Buffer,
  start: number,
  headers: Map<string, string>,
): { bytes: Buffer; end: number } | undefined {
  if (headers.get("transfer-encoding") === "chunked") {
    const endless = headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    return parseChunks(bytes, start, endless);
  }
  const length = Number(headers.get("content-length") ?? bytes.length - start);
  const end = start + length;
  return end > bytes.length ? undefined : { bytes: bytes.subarray(start, end), end };
}

const DECODERS = new Map<string | undefined, (bytes: Buffer) => Buffer>([
  ["gzip", gunzipSync],
  ["br", brotliDecompressSync],
  ["deflate", inflateSync],
]);

function decode(bytes: Buffer, encoding: string | undefined): string {
  const decoder = DECODERS.get(encoding);
  return (decoder && bytes.length > 0 ? decoder(bytes) : bytes).toString();
}

function parseChunks(
  bytes: Buffer,
  start: number,
  endless: boolean,
): { bytes: Buffer; end: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.toString("latin1", at, Math.max(at, line)), 16);
    const next = line + 2 + size + 2;
    const isThere = line >= 0 && next <= bytes.length;
    if (!isThere) return endless ? { bytes: Buffer.concat(chunks), end: bytes.length } : undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), end: next };
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
