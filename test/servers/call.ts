import { Agent, request } from "node:http";

/** So many connections, kept open: as from a proxy in front of web. */
export const CONNECTIONS = 128;

// Node accepts one new connection in each turn of its loop (libuv 1.46): with a new one for each
// request, that would be all that is measured.
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** How a request was answered. */
export interface Answer {
  status: number;
  /** Seconds, where the answer names them. */
  retryAfter: number | undefined;
  /** Whether it was sent again, as the connection was closed just as it was used. */
  resent: boolean;
}

/**
 * Sends a request as a browser would, and reads the answer to its end. By node:http, as fetch takes
 * several times as much of the cores that the two sides share.
 */
export function call(url: string, body?: unknown, resent = false): Promise<Answer> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const method = json === undefined ? "GET" : "POST";
  const headers = {
    "accept-encoding": "gzip",
    ...(json
      ? { "content-type": "application/json", "content-length": Buffer.byteLength(json) }
      : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, method }, (response) => {
      response.resume().once("error", reject);
      response.once("end", () => {
        const seconds = Number(response.headers["retry-after"]);
        const retryAfter = seconds > 0 ? seconds : undefined;
        resolve({ status: response.statusCode ?? 0, retryAfter, resent });
      });
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      // The server closes what has been idle for a while, at times just as it is used again; browsers
      // then send it again (RFC 9112, 9.3.1).
      if (sent.reusedSocket && error.code === "ECONNRESET") resolve(call(url, body, true));
      else reject(error);
    });
    sent.end(json);
  });
}

/** The same, for what must succeed. */
export async function callOk(url: string, body?: unknown): Promise<void> {
  const { status } = await call(url, body);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
}
