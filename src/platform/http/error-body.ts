/** What a client is told of an error, where tRPC itself does not say it. */
export interface ErrorBody {
  code: string;
  httpStatus: number;
  message: string;
  retryAfterMs?: number;
}

/** An error in tRPC's shape, for what is refused before tRPC sees it. */
export function toErrorBody({ message, ...data }: ErrorBody): object {
  return { error: { message, code: -32600, data } };
}
