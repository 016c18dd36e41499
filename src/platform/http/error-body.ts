/** An error for a client, outside tRPC. */
export interface ErrorBody {
  code: string;
  httpStatus: number;
  message: string;
  retryAfterMs?: number;
}

/** Formats an error like tRPC's, for requests that are refused before tRPC. */
export function toErrorBody({ message, ...data }: ErrorBody): object {
  return { error: { message, code: -32600, data } };
}
