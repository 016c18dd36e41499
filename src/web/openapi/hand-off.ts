import * as z from "zod/mini";
import { HANDOFF, swapSchema, type OAuthError } from "../api/serve-handoff.ts";
import type { Answer, Path } from "./document.ts";
import { jsonAnswer } from "./json-answer.ts";
import { toJsonSchema } from "./to-json-schema.ts";

/** What the application gets for a code. */
export const handedOffSchema = z.strictObject({
  user: z.strictObject({
    id: z.uuid(),
    username: z.nullable(z.string()),
    fullName: z.nullable(z.string()),
    email: z.string(),
    language: z.string(),
    terms: z.nullable(z.strictObject({ version: z.string(), acceptedAt: z.iso.datetime() })),
    extra: z.nullable(z.record(z.string(), z.unknown())),
    emailVerifiedAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
  }),
});

/** A refusal in OAuth's words. */
function refused(description: string, errors: OAuthError[]): Answer {
  const schema = z.strictObject({ error: z.enum(errors), error_description: z.string() });
  return jsonAnswer(description, schema);
}

/** The same, or in tRPC's words if it was refused before it got there. */
function refusedEarly(description: string, errors: OAuthError[]): Answer {
  const { content, ...answer } = refused(description, errors);
  const { schema } = content!["application/json"]!;
  const either = { oneOf: [schema, { $ref: "#/components/schemas/Error" }] };
  return { ...answer, content: { "application/json": { schema: either } } };
}

function withHeader(answer: Answer, name: string, component: string): Answer {
  const header = { $ref: `#/components/headers/${component}` };
  return { ...answer, headers: { ...answer.headers, [name]: header } };
}

/** How the application's server swaps a code of `handOff`. */
export const HAND_OFF: Path = {
  path: HANDOFF,
  method: "post",
  operation: {
    operationId: "swapCode",
    summary: "Swap a code for its verified user",
    description:
      "For the application's server. A code works once, and for 60 seconds. Errors are in the words of OAuth 2.0 (RFC 6749, 5.2).",
    tags: ["application"],
    security: [{ handoffSecret: [] }],
    requestBody: {
      required: true,
      content: { "application/json": { schema: toJsonSchema(swapSchema, "input") } },
    },
    responses: {
      200: jsonAnswer("The user.", handedOffSchema),
      400: refusedEarly(
        "The code is unknown, used, expired or of another state; or the request is wrong.",
        ["invalid_grant", "invalid_request"],
      ),
      401: withHeader(
        refused("The bearer token is missing, or is not HANDOFF_SECRET.", ["invalid_client"]),
        "WWW-Authenticate",
        "Challenge",
      ),
      404: refused("The installation has no HANDOFF_SECRET.", ["invalid_request"]),
      413: refused("The body has over 100 kB.", ["invalid_request"]),
      415: refused("The body is not uncompressed `application/json` in UTF-8.", [
        "invalid_request",
      ]),
      429: withHeader(
        refused("Too many wrong secrets.", ["slow_down"]),
        "Retry-After",
        "RetryAfter",
      ),
      500: refused("A defect of ours.", ["server_error"]),
      503: withHeader(
        refusedEarly("PostgreSQL or Redis is unavailable, or the server is overloaded.", [
          "temporarily_unavailable",
        ]),
        "Retry-After",
        "RetryAfter",
      ),
    },
  },
};
