import type { IncomingMessage } from "node:http";
import { MAX_BODY } from "../api/read-body.ts";

const bodies = new WeakMap<IncomingMessage, Buffer<ArrayBuffer>>();

/** The body that {@link collectBody} has collected; undefined if the request has none. */
export const bodyOf = (request: IncomingMessage): Buffer<ArrayBuffer> | undefined =>
  bodies.get(request);

/**
 * Calls back once the whole body is there, or more of it than will be taken; what is left of that is
 * read and dropped, so that the client can send it and read its answer. If the client leaves before,
 * it never calls back.
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
