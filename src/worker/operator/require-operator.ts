import type { MiddlewareHandler } from "hono";
import { auth } from "hono/utils/basic-auth";
import { isCrossSite } from "#src/platform/http/is-cross-site.ts";
import { isSecret } from "#src/platform/is-secret.ts";
import type { Log } from "#src/platform/log.ts";

/** What a page of ours may load: nothing from elsewhere, and nobody may frame it and have it clicked. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * Lets whoever has the password pass (HTTP Basic, any username), and no page of another site that
 * such a person has open: a browser sends the password along by itself.
 * @param password without one, nobody passes
 */
export function requireOperator(password: string | undefined, log: Log): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    if (!password) return context.text("Disabled: OPERATOR_PASSWORD is not set.\n", 404);
    if (!isSecret(auth(req.raw)?.password ?? "", password)) {
      context.header("www-authenticate", 'Basic realm="Enlist"');
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

/** Leaves a line of each request that was refused for who sent it. */
export function logRefusals(log: Log): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { status } = context.res;
    if (status !== 401 && status !== 403) return;
    log.warn({ method: context.req.method, path: context.req.path, status }, "operator refused");
  };
}

/** Gives every answer the headers that a page for a person wants. */
export const secureAnswers: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
};
