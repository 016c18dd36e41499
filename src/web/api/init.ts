import { initTRPC, TRPCError } from "@trpc/server";
import * as z from "zod/mini";
import type { Log } from "#src/platform/log.ts";
import type { COUNTERS } from "#src/platform/metrics/definitions.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { isReason, isRefusal, refusalText, textOf } from "#src/platform/refusal.ts";
import { reasonOf } from "#src/platform/http/error-body.ts";
import { brand } from "#src/platform/brand.ts";
import { extraError } from "#src/shared/extra-error.ts";
import type { Language } from "#src/shared/languages.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { readFieldText, splitReason } from "#src/texts/read-field-text.ts";
import { toRefusal } from "#src/signup/to-refusal.ts";
import type { Context } from "./context.ts";

const t = initTRPC.context<Context>().create({
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    // The abort of a closed request can get lost. Pages open the next stream themselves.
    maxDurationMs: 300_000,
    // Detects a silently dropped connection, and opens a new one.
    client: { reconnectAfterInactivityMs: 40_000 },
  },
  errorFormatter({ shape, error, ctx }) {
    const { cause } = error;
    const language = ctx?.language ?? brand.defaultLanguage;
    const reasons = toFieldReasons(cause);
    const fieldErrors = reasons && toFieldErrors(reasons, cause, language);
    const fields = Object.keys(reasons ?? {});
    const ofCode = fieldErrors ? INVALID : reasonOf(shape.data.code);
    const reason = isRefusal(cause) ? cause.reason : ofCode;
    const field = isRefusal(cause) ? cause.field : fields.length === 1 ? fields[0] : undefined;
    return {
      ...shape,
      message: messageOf(error, shape.message, fieldErrors !== undefined, language),
      data: {
        code: shape.data.code,
        reason,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        ...(field ? { field } : {}),
        ...(isRefusal(cause) && cause.retryAfterMs ? { retryAfterMs: cause.retryAfterMs } : {}),
        ...(reasons ? { fieldErrors, fieldReasons: toKeys(reasons) } : {}),
      },
    };
  },
});

/** The reason if the schema refuses the input; `fieldErrors` says more. */
export const INVALID = "fields_invalid";

/** What the person is told; never the engine's message for broken JSON, which quotes the input. */
function messageOf(
  { code, cause }: TRPCError,
  message: string,
  hasFieldErrors: boolean,
  language: Language,
): string {
  if (hasFieldErrors) return refusalText(language, INVALID);
  if (isRefusal(cause)) return textOf(cause, language);
  if (code === "INTERNAL_SERVER_ERROR") return refusalText(language, "internal_server_error");
  const isUnreadable = code === "BAD_REQUEST" && cause;
  return isUnreadable ? "This request could not be read. It must be JSON, in UTF-8." : message;
}

/** The violations per field, as keys of their texts, if the input is to blame. */
type FieldReasons = Record<string, string[]>;

function toFieldReasons(cause: unknown): FieldReasons | undefined {
  if (cause instanceof z.core.$ZodError) return z.core.flattenError(cause).fieldErrors;
  const isInput = isRefusal(cause) && cause.code === "BAD_REQUEST" && cause.field;
  return isInput ? { [isInput]: [cause.reason] } : undefined;
}

/** The violations per field, in the person's language. */
function toFieldErrors(reasons: FieldReasons, cause: unknown, language: Language): FieldReasons {
  const tell = (message: string) => {
    if (isRefusal(cause)) return textOf(cause, language);
    // Among a schema's violations there may be what only the server knows.
    if (isReason(message)) return refusalText(language, message);
    return extraError(language, message) ?? readFieldText(FIELD_TEXTS[language], message);
  };
  return mapValues(reasons, tell);
}

/** The reasons without their details, which clients can compare. */
function toKeys(reasons: FieldReasons): FieldReasons {
  return mapValues(reasons, (message) => splitReason(message)[0]);
}

function mapValues(reasons: FieldReasons, map: (message: string) => string): FieldReasons {
  return Object.fromEntries(
    Object.entries(reasons).map(([field, messages]) => [field, messages.map(map)]),
  );
}

/** `path` is a procedure's name, because no router is nested. */
type Procedure = (typeof COUNTERS)["enlist_defects_total"]["values"][number];

/** The only place where errors of the service become answers to clients. */
const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause, code } = result.error;
  if (toRefusal(cause) || code === "INTERNAL_SERVER_ERROR") {
    throw toClientError(cause ?? result.error, ctx.log, path);
  }
  return result;
});

function toClientError(error: unknown, log: Log, path: string): TRPCError {
  const refusal = toRefusal(error);
  if (refusal) {
    if (refusal.cause) log.warn({ path, cause: refusal.cause }, "refused");
    return new TRPCError({ code: refusal.code, message: refusal.message, cause: refusal });
  }
  log.error({ path, err: error }, "defect");
  count("enlist_defects_total", path as Procedure);
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR" });
}

export const router = t.router;
export const procedure = t.procedure.use(mapErrors);

/**
 * Opens a stream once its first value exists, so that an earlier error decides the response's
 * status. Errors of later values are mapped like those of other procedures.
 */
export async function openStream<T>(
  stream: AsyncGenerator<T, void>,
  log: Log,
  path: string,
): Promise<AsyncGenerator<T, void>> {
  const first = await stream.next();
  return (async function* () {
    if (first.done) return;
    try {
      yield first.value;
      yield* stream;
    } catch (error) {
      throw toClientError(error, log, path);
    }
  })();
}
