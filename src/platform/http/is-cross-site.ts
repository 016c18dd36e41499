/**
 * Whether a browser says that another site's page made it send this request, which may carry our
 * cookies. Where it says nothing, it is no browser, and has no cookies but its own. Follows
 * Go's http.CrossOriginProtection (https://go.dev/issue/73626).
 * @param ownOrigin where people reach the page
 */
export function isCrossSite({ method, headers }: Request, ownOrigin: string): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  // Browsers leave that header out where the page came by plain http.
  const origin = headers.get("origin");
  return Boolean(origin) && origin !== ownOrigin && hostOf(origin) !== headers.get("host");
}

function hostOf(origin: string | null): string | undefined {
  return origin && URL.canParse(origin) ? new URL(origin).host : undefined;
}
