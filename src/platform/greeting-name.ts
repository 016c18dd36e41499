import { isIPv4 } from "node:net";

/** A fully qualified host name: letters, digits and hyphens, at least two labels. */
export const HOST_NAME =
  /^(?=.{1,255}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

/**
 * The EHLO name of workers, derived from the page's URL: its host, or an address in brackets (RFC
 * 5321, 4.1.1.1 and 4.1.3).
 * @returns undefined for a name that no mail server could know, such as `localhost`
 */
export function greetingName(appUrl: string): string | undefined {
  const host = new URL(appUrl).hostname.replace(/\.$/, "");
  if (isIPv4(host)) return `[${host}]`;
  if (host.startsWith("[")) return `[IPv6:${host.slice(1)}`;
  return HOST_NAME.test(host) && !host.endsWith(".localhost") ? host : undefined;
}
