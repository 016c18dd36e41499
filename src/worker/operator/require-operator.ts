import type { MiddlewareHandler } from "hono";
import { auth } from "hono/utils/basic-auth";
import { isCrossSite } from "#src/platform/http/is-cross-site.ts";
import { isSecret } from "#src/platform/is-secret.ts";
import { SERVICE_WORD } from "#src/shared/service-name.ts";
import type { Log } from "#src/platform/log.ts";

/** Pages load nothing from elsewhere, and cannot be framed for clickjacking. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * Requires the password (HTTP Basic, any username), and refuses requests from other sites' pages,
 * because browsers send the password automatically.
 * @param password without one, everything is refused
 */
export function requireOperator(password: string | undefined, log: Log): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    if (!password) return context.text("Disabled: OPERATOR_PASSWORD is not set.\n", 404);
    if (!isSecret(auth(req.raw)?.password ?? "", password)) {
      context.header("www-authenticate", `Basic realm="${SERVICE_WORD}"`);
      return context.text("Requires OPERATOR_PASSWORD.\n", 401);
    }
    if (isCrossSite(req.raw, new URL(req.url).origin)) {
      return context.text("Not from another site.\n", 403);
    }
    if (["GET", "HEAD"].includes(req.method)) return next();
    log.info({ method: req.method, path: req.path }, "operator acts");
    return next();
  };
}

/** Logs each request refused for lack of authorisation. */
export function logRefusals(log: Log): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { status } = context.res;
    if (status !== 401 && status !== 403) return;
    log.warn({ method: context.req.method, path: context.req.path, status }, "operator refused");
  };
}

/** Adds the security headers of HTML pages to every answer. */
export const secureAnswers: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
};
