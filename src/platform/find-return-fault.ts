/** What two readers of one URL may understand differently: a host for one is a path for another. */
const AMBIGUOUS = /[\\\s\p{C}]/u;

/** An encoded slash, backslash, dot or zero, however often it was encoded. */
const ENCODED = /%(25)*(2f|5c|2e|00)/i;

/** The parameters that Enlist adds, as OAuth's authorization response has them (RFC 6749, 4.1.2). */
const OURS = ["code", "state"];

/**
 * Why people may not be led to an address, no matter whose it is: it must be absolute, over http or
 * https, and mean the same to everyone (OWASP's "Unvalidated Redirects and Forwards").
 * @returns what is wrong, to go on from "It"; undefined if nothing is
 */
export function findReturnFault(text: string): string | undefined {
  if (AMBIGUOUS.test(text)) return "has a backslash, a space or a control character";
  if (!/^https?:\/\/[^/?#]+([/?#]|$)/i.test(text) || !URL.canParse(text)) {
    return "is not an absolute URL over https or http";
  }
  const { username, password, pathname, searchParams } = new URL(text);
  if (username || password || /^[^/]*\/\/[^/?#]*@/.test(text)) return "has a user name";
  if (text.includes("#")) return "has a fragment (#)";
  if (ENCODED.test(pathname)) return "has an encoded slash, backslash, dot or zero in its path";
  const ours = OURS.find((name) => searchParams.has(name));
  return ours && `has the parameter ${ours}, which is added to it`;
}
