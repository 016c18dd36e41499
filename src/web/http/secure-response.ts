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
 * policy allows exactly their inline scripts and styles, by hash.
 */
export function secureResponse({ pages, https }: SecureResponseOptions): Guard {
  const headers = Object.entries({
    ...ALWAYS,
    ...(https ? { "strict-transport-security": HSTS } : {}),
  });
  const policy = pages && pagePolicy(inlineParts(pages), https);
  return (request, response, pass) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const isApi = request.url?.startsWith("/api/");
    const isPage = !isApi && !request.url?.startsWith(HASHED);
    if (isPage) response.setHeader("cache-control", ASK_AGAIN);
    if (policy) response.setHeader("content-security-policy", isApi ? NO_PAGE : policy);
    pass();
  };
}

function pagePolicy({ scripts, styles }: InlineParts, https: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${hashesOf(scripts)}`,
    `style-src 'self' ${hashesOf(styles)}`, // The brand's colours.
    "img-src 'self' data:", // The logo, and the check mark in the style sheet.
    "connect-src 'self'",
    "worker-src 'self'", // The password meter.
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function hashesOf(texts: string[]): string {
  const hashes = texts.map((text) => createHash("sha256").update(text).digest("base64"));
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`).join(" ");
}

interface InlineParts {
  scripts: string[];
  styles: string[];
}

/** The inline scripts and style sheets of all pages in a build. */
function inlineParts(folder: string): InlineParts {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .map((page) => readFileSync(join(folder, page), "utf8"));
  const contents = (pattern: RegExp) =>
    pages.flatMap((html) => [...html.matchAll(pattern)].map(([, content = ""]) => content));
  return {
    scripts: contents(/<script(?![^>]* src=)[^>]*>([^]*?)<\/script>/g),
    styles: contents(/<style[^>]*>([^]*?)<\/style>/g),
  };
}
