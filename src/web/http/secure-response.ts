import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "#src/platform/http/guard.ts";

export interface SecureResponseOptions {
  /** The folder of the production build with the pages; null in development, where pages are built on demand. */
  pages: string | null;
  /** Whether people reach the page by https. */
  https: boolean;
}

/** What every answer says (OWASP's list: https://owasp.org/www-project-secure-headers/). */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // The verification link is a secret: no page it leads to may pass it on.
  "referrer-policy": "no-referrer",
  "permissions-policy":
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** A year; this host is Enlist's own, and so is whatever is below it. */
const HSTS = "max-age=31536000; includeSubDomains";

/**
 * Of pages, whatever Next would say: a year, for shared caches. What is kept of an old build would ask
 * for scripts that are gone. Those have their hash for a name, and Next lets them be kept for good.
 */
const ASK_AGAIN = "no-cache";
const HASHED = "/_next/static/";

/** For what is no page: the API. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

/**
 * Gives every answer the headers that tell a browser what not to do. The pages are static, so no
 * nonce can be in them: the policy allows their inline scripts by their hashes, and no other.
 */
export function secureResponse({ pages, https }: SecureResponseOptions): Guard {
  const headers = Object.entries({
    ...ALWAYS,
    ...(https ? { "strict-transport-security": HSTS } : {}),
  });
  const policy = pages && pagePolicy(inlineScripts(pages), https);
  return (request, response, pass) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const isApi = request.url?.startsWith("/api/");
    const isPage = !isApi && !request.url?.startsWith(HASHED);
    if (isPage) response.setHeader("cache-control", ASK_AGAIN);
    if (policy) response.setHeader("content-security-policy", isApi ? NO_PAGE : policy);
    pass();
  };
}

function pagePolicy(scripts: string[], https: boolean): string {
  const hashes = scripts.map((script) => `'sha256-${hashOf(script)}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(" ")}`,
    "style-src 'self'",
    "img-src 'self' data:", // The style sheet's tick.
    "connect-src 'self'",
    "worker-src 'self'", // The password's meter.
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function hashOf(script: string): string {
  return createHash("sha256").update(script).digest("base64");
}

/** What the pages of a build have between `<script>` and `</script>`. */
function inlineScripts(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".html"),
  );
  return pages.flatMap((page) => {
    const html = readFileSync(join(folder, page), "utf8");
    return [...html.matchAll(/<script(?![^>]* src=)[^>]*>([^]*?)<\/script>/g)].map(
      ([, script = ""]) => script,
    );
  });
}
