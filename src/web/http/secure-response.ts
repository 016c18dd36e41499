import type { Guard } from "#src/platform/http/guard.ts";

export interface SecureResponseOptions {
  /** Whether browsers must keep to a policy; not in development, where pages are built on demand. */
  hasPolicy: boolean;
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

/** Adds the security headers to every answer. For pages, page-policy.ts replaces the policy. */
export function secureResponse({ hasPolicy, https }: SecureResponseOptions): Guard {
  const headers = Object.entries({
    ...ALWAYS,
    ...(https ? { "strict-transport-security": HSTS } : {}),
  });
  return (request, response, pass) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const isApi = request.url?.startsWith("/api/");
    const isPage = !isApi && !request.url?.startsWith(HASHED);
    if (isPage) response.setHeader("cache-control", ASK_AGAIN);
    if (hasPolicy) response.setHeader("content-security-policy", NO_PAGE);
    pass();
  };
}
