import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "#src/platform/http/guard.ts";

export interface SecureResponseOptions {
  /** The pages in the production build; null in development, where pages are built on demand. */
  pages: string | null;
  /** Whether people open the page over https. */
  https: boolean;
}

/** On every answer (OWASP's list: https://owasp.org/www-project-secure-headers/). */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // A verification link is a secret, so no page may pass it on.
  "referrer-policy": "no-referrer",
  "permissions-policy":
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** A year, and including subdomains, because this host and its subdomains belong to Enlist. */
const HSTS = "max-age=31536000; includeSubDomains";

/**
 * Overrides Next's caching of pages, a year in shared caches. An old page would ask for scripts
 * that no longer exist. Scripts are named by their hash, so Next may cache those without end.
 */
const ASK_AGAIN = "no-cache";
const HASHED = "/_next/static/";

/** For the API, which serves no pages. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

/**
 * Adds the security headers to every answer. The pages are static and cannot carry a nonce, so the
 * policy allows exactly their inline scripts, by hash.
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
    "img-src 'self' data:", // The check mark in the style sheet.
    "connect-src 'self'",
    "worker-src 'self'", // The password meter.
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function hashOf(script: string): string {
  return createHash("sha256").update(script).digest("base64");
}

/** The inline scripts of all pages in a build. */
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
