import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** How a request was answered. */
export interface Answer {
  status: number;
  /** Seconds, where the answer names them. */
  retryAfter: number | undefined;
}

/**
 * Sends a request as a browser would, and reads the answer to its end. By node:http, as fetch takes
 * several times as much of the cores that the two sides share.
 */
export function call(url: string, body?: unknown): Promise<Answer> {
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
        resolve({ status: response.statusCode ?? 0, retryAfter });
      });
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      // The server closes what has been idle for a while, at times just as it is used again.
      if (sent.reusedSocket && error.code === "ECONNRESET") resolve(call(url, body));
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
