import { EnlistError } from "./enlist-error.ts";
import { brokeOff, unreachable } from "./send.ts";

/** What an error of the server says, besides its message. */
export interface ErrorData {
  code: string;
  reason?: string;
  field?: string;
  fieldErrors?: Record<string, string[]>;
  fieldReasons?: Record<string, string[]>;
  retryAfterMs?: number;
}

/** An error of the server, as JSON. */
export interface ServerError {
  message: string;
  data: ErrorData;
}

type Body = { result: { data: unknown } } | { error: ServerError } | undefined;

/** Statuses with which a proxy asks to come again (RFC 9110, RFC 8470, RFC 6585). */
const COME_AGAIN: readonly number[] = [408, 425, 429];

/**
 * Reads a procedure's answer.
 * @throws {EnlistError} the server's refusal; UNREACHABLE if the answer broke off, or a proxy gave
 *   it; NOT_ENLIST if something else did
 */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text().catch(brokeOff);
  const body = parse(text);
  if (body && "result" in body) return body.result.data;
  throw body?.error?.data?.code ? toEnlistError(body.error) : notOurs(response);
}

export function toEnlistError({ message, data }: ServerError): EnlistError {
  return new EnlistError(data.code, message, data);
}

/** An answer that Enlist did not give, or not to its end. */
function notOurs({ status, url, headers }: Response): EnlistError {
  if ((status >= 200 && status < 300) || status >= 500 || COME_AGAIN.includes(status)) {
    const seconds = Number(headers.get("retry-after"));
    return unreachable(
      new Error(`HTTP status ${status}`),
      seconds > 0 ? seconds * 1000 : undefined,
    );
  }
  const answer = status === 0 || status < 400 ? "a redirect" : `HTTP status ${status}`;
  const message = `Something other than Enlist answered, with ${answer}. Is the URL right?`;
  return new EnlistError("NOT_ENLIST", message, {}, { cause: new Error(url) });
}

function parse(text: string): Body {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
}
