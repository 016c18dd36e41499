import { Agent, request } from "node:http";
import { aSignup } from "#src/testing/signup.ts";

/** So many connections, kept open: as from a proxy in front of web. */
export const CONNECTIONS = 128;

// Node accepts one new connection in each turn of its loop (libuv 1.46): with a new one for each
// request, that would be all that is measured.
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** What came of one request. */
export interface Outcome {
  /** 0 where no answer came. */
  status: number;
  /** Whether it was sent again, as the connection was closed just as it was used. */
  resent: boolean;
  /** Milliseconds to the last byte of the answer. */
  ms: number;
  /** Whether a refusal says when to come again. */
  retryAfter: boolean;
}

/** Somebody nobody has seen before signs up. Never throws. */
export function signUp(port: number): Promise<Outcome> {
  return send(port, "/api/trpc/createUser", JSON.stringify(aSignup()));
}

/** Looks whether the page is there. Never throws. */
export const look = (port: number): Promise<Outcome> => send(port, "/signup");

function send(port: number, path: string, body?: string, resent = false): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, retryAfter = false) =>
      resolve({ status, retryAfter, resent, ms: performance.now() - began });
    const options = {
      agent,
      host: "127.0.0.1",
      port,
      path,
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json" },
    };
    const sent = request(options, (answer) => {
      const { statusCode = 0, headers } = answer;
      answer.resume().once("end", () => end(statusCode, "retry-after" in headers));
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      // As browsers do (RFC 9112, 9.3.1).
      const isClosed = sent.reusedSocket && error.code === "ECONNRESET" && !resent;
      if (isClosed) resolve(send(port, path, body, true));
      else end(0);
    });
    sent.end(body);
  });
}
