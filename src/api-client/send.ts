import { EnlistError } from "./enlist-error.ts";

/** What `fetch` is called with. */
export interface SentRequest {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  redirect: "manual";
}

/** A server, and who the caller is to it. */
export interface Connection {
  /** The address of the procedures, with a slash at the end. */
  api: string;
  fetch: (url: string, request: SentRequest) => Promise<Response>;
  /** Milliseconds to wait for the answer to one request. */
  timeoutMs: number;
  /** The sign-up's cookie. In a browser it stays empty, because the browser keeps it. */
  cookie: string | undefined;
}

/** The server's name for it, with https and without; it begins with the brand's. */
const SIGNUP_COOKIE = /^(?:__Host-)?[a-z\d]+_signup=[^;]*/;

/**
 * Sends one request, with the sign-up's cookie, and keeps the cookie of the answer. A redirect is
 * not followed, because the body may hold a password.
 * @param body sent as JSON by POST; without one, the request is a GET
 * @throws {EnlistError} UNREACHABLE if no answer came; the signal's reason is its `cause`
 */
export async function send(
  connection: Connection,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<Response> {
  const cookie: Record<string, string> = connection.cookie ? { cookie: connection.cookie } : {};
  const request: SentRequest =
    body === undefined
      ? { method: "GET", headers: cookie, signal, redirect: "manual" }
      : {
          method: "POST",
          headers: { ...cookie, "content-type": "application/json" },
          body: JSON.stringify(body),
          signal,
          redirect: "manual",
        };
  // Browsers call their fetch only without a `this`.
  const { fetch } = connection;
  const response = await fetch(connection.api + path, request).catch(brokeOff);
  for (const line of response.headers.getSetCookie?.() ?? []) {
    connection.cookie = SIGNUP_COOKIE.exec(line)?.[0] ?? connection.cookie;
  }
  return response;
}

/** Rejects because no answer came, or only a part of one. */
export function brokeOff(cause: unknown): Promise<never> {
  return Promise.reject(unreachable(cause));
}

export function unreachable(cause: unknown, retryAfterMs?: number): EnlistError {
  const message = "The server could not be reached, or its answer got lost.";
  return new EnlistError("UNREACHABLE", message, { retryAfterMs }, { cause });
}
