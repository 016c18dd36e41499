import type { IncomingMessage } from "node:http";
import { MAX_BODY } from "../api/refuse-input.ts";

const bodies = new WeakMap<IncomingMessage, Buffer<ArrayBuffer>>();

/** The body collected by {@link collectBody}; undefined if the request has none, or an empty one. */
export function bodyOf(request: IncomingMessage): Buffer<ArrayBuffer> | undefined {
  const body = bodies.get(request);
  return body?.length ? body : undefined;
}

/**
 * Calls back once the body is complete, or larger than allowed. The rest of a large body is read
 * and dropped, so that the client gets to read its answer. Never calls back if the client
 * disconnects.
 */
export function collectBody(request: IncomingMessage, callback: () => void): void {
  const { "transfer-encoding": encoding, "content-length": length } = request.headers;
  if (encoding === undefined && !Number(length)) return callback();
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = () => {
    if (bodies.has(request)) return;
    bodies.set(request, Buffer.concat(chunks));
    callback();
  };
  request.on("data", (chunk: Buffer) => {
    if (size <= MAX_BODY) chunks.push(chunk);
    size += chunk.byteLength;
    if (size > MAX_BODY) finish();
  });
  request.once("end", finish);
  if (Number(length) > MAX_BODY) finish();
}
