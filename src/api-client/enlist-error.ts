/** The codes that Enlist's README explains, and the two for an answer that is not Enlist's. */
export type KnownCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_SUPPORTED"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "TOO_MANY_REQUESTS"
  | "INTERNAL_SERVER_ERROR"
  | "SERVICE_UNAVAILABLE"
  | "UNREACHABLE"
  | "NOT_ENLIST";

/** A later server may have further codes. */
export type ErrorCode = KnownCode | (string & Record<never, never>);

interface Details {
  reason?: string | undefined;
  field?: string | undefined;
  fieldErrors?: Record<string, string[]> | undefined;
  fieldReasons?: Record<string, string[]> | undefined;
  retryAfterMs?: number | undefined;
}

const TEMPORARY: ReadonlySet<string> = new Set<KnownCode>([
  "UNREACHABLE",
  "SERVICE_UNAVAILABLE",
  "TOO_MANY_REQUESTS",
]);

/** A failed call. The message is for the person; it never quotes what was sent. */
export class EnlistError extends Error {
  override name = "EnlistError";
  /** Why, as a key that stays the same when the message changes; the code if no answer came. */
  readonly reason: string;
  /** The field to blame, if it is one. */
  readonly field: string | undefined;
  /** The violations of each field. */
  readonly fieldErrors: Record<string, string[]>;
  /** The same as keys that stay the same when the texts change. */
  readonly fieldReasons: Record<string, string[]>;
  /** Milliseconds after which the same call may succeed, if the server said so. */
  readonly retryAfterMs: number | undefined;
  /** The sign-up's id, on errors of `signUp`: pass it to `signUp` to go on with that sign-up. */
  requestId?: string;

  /**
   * @param code the server's; `UNREACHABLE` if no answer came; `NOT_ENLIST` if something else
   *   answered, so that the URL is probably wrong
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    {
      reason = code.toLowerCase(),
      field,
      fieldErrors = {},
      fieldReasons = {},
      retryAfterMs,
    }: Details = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
    this.field = field;
    this.fieldErrors = fieldErrors;
    this.fieldReasons = fieldReasons;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same call may succeed later. After `UNREACHABLE` it may have succeeded already. */
  get isTemporary(): boolean {
    return TEMPORARY.has(this.code);
  }
}
