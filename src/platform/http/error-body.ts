/** An error for a client, outside tRPC. */
export interface ErrorBody {
  code: string;
  /** A stable key, which clients may translate; the code in lower case if there is no more to say. */
  reason?: string;
  httpStatus: number;
  message: string;
  retryAfterMs?: number;
}

/** Formats an error like tRPC's, for requests that are refused before tRPC. */
export function toErrorBody({ message, code, ...data }: ErrorBody): object {
  return { error: { message, code: -32600, data: { code, reason: reasonOf(code), ...data } } };
}

/** The reason of an error that has only a code. */
export function reasonOf(code: string): string {
  return code.toLowerCase();
}
