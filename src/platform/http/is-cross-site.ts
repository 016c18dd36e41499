/**
 * Whether the browser reports that another site's page sent this request, possibly with our
 * cookies. Clients that report nothing are not browsers. Follows Go's http.CrossOriginProtection
 * (https://go.dev/issue/73626).
 * @param ownOrigin the origin at which people open the page
 */
export function isCrossSite(
  { method, headers }: Pick<Request, "method" | "headers">,
  ownOrigin: string,
): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  // Browsers omit that header on plain-http pages.
  const origin = headers.get("origin");
  return Boolean(origin) && origin !== ownOrigin && hostOf(origin) !== headers.get("host");
}

function hostOf(origin: string | null): string | undefined {
  return origin && URL.canParse(origin) ? new URL(origin).host : undefined;
}
