import { Agent, request, type IncomingMessage } from "node:http";
import { json as readJson, text as readText } from "node:stream/consumers";

/** Connections that are kept open, as from a proxy in front of web. */
export const CONNECTIONS = 128;

// Node accepts one new connection in each turn of its loop (libuv 1.46): with a new one for each
// request, that would be all that is measured.
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** How a request was answered. */
export interface Answer {
  status: number;
  /** Seconds, if the answer names them. */
  retryAfter: number | undefined;
  /** Whether it was sent again, as the connection was closed just as it was used. */
  resent: boolean;
  /** The first cookie that was set, without its attributes. */
  cookie: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever the server says
  body: any;
}

interface CallOptions {
  /** Sent as JSON by POST; without one the request is a GET. */
  body?: unknown;
  cookie?: string | undefined;
  /** Milliseconds to wait. */
  patience?: number;
  /** Whether to read the answer's body; otherwise it is thrown away, compressed as it came. */
  reads?: boolean;
}

/**
 * Sends a request as a browser would, and reads the answer to its end. By node:http, as fetch takes
 * several times as much of the cores that the two sides share.
 * @throws if no answer came
 */
export async function call(url: string, options: CallOptions = {}): Promise<Answer> {
  try {
    return { ...(await callOnce(url, options)), resent: false };
  } catch (error) {
    // The server closes what has been idle for a while, at times just as it is used again; browsers
    // then send it again (RFC 9112, 9.3.1).
    if (!(error instanceof ClosedWhileReused)) throw error;
    return { ...(await callOnce(url, options)), resent: true };
  }
}

/** Calls a procedure as the page does, and reads the answer. `cookie` is not part of the input. */
export const callProcedure = (
  url: string,
  procedure: string,
  { cookie, ...body }: { cookie?: string | undefined; [field: string]: unknown },
  patience = 10_000,
): Promise<Answer> => call(`${url}/api/trpc/${procedure}`, { body, cookie, patience, reads: true });

/** The same as `call`, for what must succeed. */
export async function callOk(url: string, body?: unknown): Promise<void> {
  const { status } = await call(url, { body });
  if (status !== 200) throw new Error(`${url} answered ${status}`);
}

class ClosedWhileReused extends Error {}

function callOnce(
  url: string,
  { body, cookie, patience, reads = false }: CallOptions,
): Promise<Omit<Answer, "resent">> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(reads ? {} : { "accept-encoding": "gzip" }),
    ...(cookie ? { cookie } : {}),
    ...(json
      ? { "content-type": "application/json", "content-length": Buffer.byteLength(json) }
      : {}),
  };
  const method = json === undefined ? "GET" : "POST";
  const signal = patience === undefined ? {} : { signal: AbortSignal.timeout(patience) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers, method, ...signal }, (response) => {
      const seconds = Number(response.headers["retry-after"]);
      readBody(response, reads).then(
        (read) =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: seconds > 0 ? seconds : undefined,
            cookie: response.headers["set-cookie"]?.[0]?.split(";", 1)[0],
            body: read,
          }),
        reject,
      );
    });
    sent.once("error", (error: NodeJS.ErrnoException) =>
      reject(sent.reusedSocket && error.code === "ECONNRESET" ? new ClosedWhileReused() : error),
    );
    sent.end(json);
  });
}

function readBody(response: IncomingMessage, reads: boolean): Promise<unknown> {
  if (reads) {
    const isJson = response.headers["content-type"]?.startsWith("application/json");
    return isJson ? readJson(response) : readText(response);
  }
  return new Promise((resolve, reject) => {
    response.resume().once("error", reject).once("end", resolve);
  });
}
