import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import * as z from "zod/mini";
import { reasonOf } from "#src/platform/http/error-body.ts";
import { REFUSALS, type RefusalCode } from "#src/platform/refusals.ts";
import { FIELD_TEXTS } from "#src/texts/field-texts.ts";
import { INVALID } from "../api/init.ts";
import { objectOf, type Answer, type Reference, type Schema } from "./document.ts";
import { FIELDS } from "./fields.ts";
import { toJsonSchema } from "./to-json-schema.ts";

/** Codes of answers that no refusal of the service leads to. */
type OuterCode =
  | "FORBIDDEN"
  | "INTERNAL_SERVER_ERROR"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE";

export type ErrorCode = RefusalCode | OuterCode;

/** Every code, and what it means unless a procedure says more. */
const MEANINGS: Record<ErrorCode, string> = {
  BAD_REQUEST: "Fields are wrong (all are named), or the request is unreadable.",
  UNAUTHORIZED: "The cookie is missing.",
  FORBIDDEN: "Another site's page made the browser send it.",
  NOT_FOUND: "The sign-up no longer exists.",
  CONFLICT: "The value is taken.",
  PRECONDITION_FAILED: "The state of the sign-up does not allow it.",
  PAYLOAD_TOO_LARGE: "The body has over 100 kB.",
  UNSUPPORTED_MEDIA_TYPE:
    "The body is not `application/json`, is compressed, or declares another charset than UTF-8.",
  TOO_MANY_REQUESTS: "A rate limit is exceeded.",
  INTERNAL_SERVER_ERROR: "A defect of ours.",
  SERVICE_UNAVAILABLE:
    "PostgreSQL or Redis is unavailable, or the server is overloaded. Send the same request again.",
};

/** Reasons of refusals that blame an input field. */
const INPUT_REFUSALS = Object.entries(REFUSALS).flatMap(([reason, { code }]) =>
  code === "BAD_REQUEST" ? [reason] : [],
);

const CODES = Object.keys(MEANINGS) as ErrorCode[];
const REASONS = [...Object.keys(REFUSALS), INVALID, ...CODES.map(reasonOf)];
// One for each use, because each has its own description.
const field = () => z.enum(Object.keys(FIELDS));
const fieldReason = () => z.enum([...Object.keys(FIELD_TEXTS.en), ...INPUT_REFUSALS]);

const errorShape = z.strictObject({
  message: z.string(),
  code: z.int(),
  data: z.strictObject({
    code: z.enum(CODES),
    reason: z.enum(REASONS),
    httpStatus: z.int().check(z.minimum(400)),
    path: z.optional(z.string()),
    field: z.optional(field()),
    fieldErrors: z.optional(z.partialRecord(field(), z.array(z.string()).check(z.minLength(1)))),
    fieldReasons: z.optional(
      z.partialRecord(field(), z.array(fieldReason()).check(z.minLength(1))),
    ),
    retryAfterMs: z.optional(z.int().check(z.minimum(1))),
  }),
});

const TEXTS: Record<string, Schema> = {
  message: {
    description: "A sentence for the person, in the language that `Accept-Language` asks for.",
  },
  reason: { description: "Why, as a key that stays the same when the message changes." },
  path: { description: "The procedure." },
  field: { description: "The field to blame, if it is one." },
  fieldErrors: { description: "What is wrong with each field, as sentences." },
  fieldReasons: { description: "The same as keys, in the same order." },
  retryAfterMs: { description: "Milliseconds after which the request may succeed." },
};

/** The errors' schemas. The shape is also what a stream sends if it fails after it began. */
export function describeErrorSchemas(): Record<string, Schema> {
  const shape = toJsonSchema(errorShape, "output", TEXTS);
  // The two kinds of `code`, told apart.
  const { code } = (shape as { properties: Record<string, Schema> }).properties;
  Object.assign(code!, { description: "JSON-RPC's error code." });
  return {
    ErrorShape: shape,
    Error: objectOf({ error: { $ref: "#/components/schemas/ErrorShape" } }),
  };
}

/** One response per code, for all operations. */
export function describeErrorResponses(): Record<string, Answer> {
  return Object.fromEntries(CODES.map((code) => [nameOf(code), describeErrorResponse(code)]));
}

function describeErrorResponse(code: ErrorCode): Answer {
  const data = { code: { const: code }, httpStatus: { const: statusOf(code) } };
  const mayWait = code === "TOO_MANY_REQUESTS" || code === "SERVICE_UNAVAILABLE";
  return {
    description: MEANINGS[code],
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(mayWait ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {}),
    },
    content: {
      "application/json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Error" },
            { properties: { error: { properties: { data: { properties: data } } } } },
          ],
        },
      },
    },
  };
}

/** References to the responses for these codes, by status. @param why replaces the meanings */
export function errorResponses(
  codes: ErrorCode[],
  why: Partial<Record<ErrorCode, string>> = {},
): Record<string, Reference> {
  return Object.fromEntries(
    codes.map((code) => {
      const $ref = `#/components/responses/${nameOf(code)}`;
      return [statusOf(code), { $ref, ...(why[code] ? { description: why[code] } : {}) }];
    }),
  );
}

function statusOf(code: ErrorCode): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code }));
}

/** `BAD_REQUEST` as `BadRequest`. */
function nameOf(code: ErrorCode): string {
  return code.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
