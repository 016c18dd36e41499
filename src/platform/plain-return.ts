/** What two readers of one URL may understand differently: a host for one is a path for another. */
const AMBIGUOUS = /[\\\s\p{C}]/u;

/** An encoded slash, backslash, dot or zero, however often it was encoded. */
const ENCODED = /%(25)*(2f|5c|2e|00)/i;

/** The parameters that Enlist adds, as OAuth's authorization response has them (RFC 6749, 4.1.2). */
const OURS = ["code", "state"];

/**
 * Whether an address of the application is absolute, over http or https, and means the same to
 * everyone: OWASP's "Unvalidated Redirects and Forwards". Says nothing about whose it is.
 */
export function isPlainReturn(text: string): boolean {
  if (AMBIGUOUS.test(text) || !/^https?:\/\/[^/?#@]+([/?]|$)/i.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const { username, password, pathname, searchParams } = new URL(text);
  if (username || password || text.includes("#") || ENCODED.test(pathname)) return false;
  return !OURS.some((name) => searchParams.has(name));
}
