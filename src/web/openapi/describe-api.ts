import { brand } from "#src/platform/brand.ts";
import { formOf } from "#src/platform/form-of.ts";
import type { WebEnv } from "#src/platform/env.ts";
import { nameOfSignupCookie } from "#src/signup/signup-cookie.ts";
import { version } from "../../../package.json";
import { describeProcedure } from "./describe-procedure.ts";
import { describeSchemas } from "./describe-schemas.ts";
import type { Document, Path } from "./document.ts";
import { describeErrorResponses, describeErrorSchemas } from "./errors.ts";
import { HAND_OFF } from "./hand-off.ts";
import { LINKS } from "./links.ts";
import { PROBES } from "./probes.ts";
import { procedureNames } from "./read-procedure.ts";

/** The paths beside the procedures. A new one goes here, as a {@link Path}. */
const OTHER_PATHS: Path[] = [LINKS, HAND_OFF, ...PROBES];

const DESCRIPTION = `Sign-up with e-mail verification, as it goes over the wire: tRPC's JSON, without a transformer.

- An answer of tRPC has \`result.data\`, or \`error\` with \`error.data.code\`.
- A wrong method is answered with 405, an unknown path with 404.
- tRPC's batches (\`?batch=1\`, at most three calls) work, and are not described here.
- HEAD is answered like GET, without the body.`;

/** It changes with a release or a setting alone. */
export const DOCUMENT_HEADERS = {
  "content-type": "application/json",
  "cache-control": "public, max-age=60",
};

/** Its APP_URL is the server, and decides the cookie's name; the others, what a sign-up holds. */
export type DescribedEnv = Pick<WebEnv, "APP_URL" | "USERNAMES" | "FULL_NAMES" | "TERMS">;

/**
 * Describes the HTTP API by OpenAPI 3.1: every procedure of the router, the hand-off, and the probes.
 */
export function describeApi(env: DescribedEnv): Document {
  const { APP_URL } = env;
  const form = formOf(env);
  const names = procedureNames();
  const paths = [...names.map(describeProcedure), ...OTHER_PATHS];
  return {
    openapi: "3.1.1",
    info: {
      title: brand.name,
      version,
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: APP_URL }],
    tags: [
      { name: "signup", description: "From the form to the verified account." },
      { name: "application", description: "For your application's server." },
      { name: "operation", description: "For probes and load balancers." },
    ],
    paths: Object.fromEntries(
      paths.map(({ path, method, operation }) => [path, { [method]: operation }]),
    ),
    components: {
      schemas: {
        ...Object.assign({}, ...names.map((name) => describeSchemas(name, form))),
        ...describeErrorSchemas(),
      },
      responses: describeErrorResponses(),
      headers: {
        RequestId: {
          description:
            "The request's own `X-Request-Id` (1 to 64 of a–z, A–Z, 0–9, _ and -), or a new one. The log has it.",
          required: true,
          schema: { type: "string", pattern: "^[\\w-]{1,64}$" },
        },
        RetryAfter: {
          description: "Seconds after which the request may succeed, if known.",
          schema: { type: "integer", minimum: 1 },
        },
        Challenge: {
          description: "How to authenticate.",
          required: true,
          schema: { const: "Bearer" },
        },
      },
      securitySchemes: {
        signupCookie: {
          type: "apiKey",
          in: "cookie",
          name: nameOfSignupCookie(APP_URL.startsWith("https:")),
          description: "Set by `createUser`. `HttpOnly`, `SameSite=Lax`.",
        },
        handoffSecret: {
          type: "http",
          scheme: "bearer",
          description: "HANDOFF_SECRET, which only the application's server knows.",
        },
      },
    },
  };
}
