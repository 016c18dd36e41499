import { refuse } from "./refuse.ts";
import { MAX_BODY } from "./refuse-input.ts";

/** An HTTP request to the API, with its whole body. */
export interface Call {
  url: string;
  method: string;
  headers: Headers;
  /** Only of POST, and undefined if it is empty. One that is too large may be cut off. */
  body: Uint8Array<ArrayBuffer> | undefined;
  /** Aborts when the client leaves, if that matters: an answer that is no stream is made anyway. */
  signal?: AbortSignal;
}

/** Answers requests, as Next and tests have them, by what answers calls. */
export const forRequests =
  <Services>(answer: (call: Call, services: Services) => Promise<Response>) =>
  async (request: Request, services: Services): Promise<Response> => {
    const call = await readCall(request);
    return call instanceof Response ? call : answer(call, services);
  };

/** Reads a request to its end, or until its body is too large. */
async function readCall(request: Request): Promise<Call | Response> {
  const { url, method, headers, signal } = request;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > MAX_BODY) break;
    }
  } catch {
    return refuse(400, "BAD_REQUEST", "The request's body is incomplete.");
  }
  const body = size > 0 ? new Uint8Array(Buffer.concat(chunks)) : undefined;
  return { url, method, headers: new Headers(headers), body, signal };
}
