/**
 * An address in the one form in which it is kept, compared, shown and mailed: its domain in ASCII
 * (IDNA as browsers have it, UTS 46), `ada@exämple.com` as `ada@xn--exmple-cua.com`; what is before
 * the @ in NFC (RFC 6532, 3.1). What is no address stays as it is, and what is ASCII as it was typed.
 */
export function canonicalAddress(typed: string): string {
  const at = typed.lastIndexOf("@");
  const local = typed.slice(0, at).normalize("NFC");
  const domain = typed.slice(at + 1);
  return at < 0 ? typed : `${local}@${toAscii(domain)}`;
}

function toAscii(domain: string): string {
  const isAscii = !/[^\0-\x7f]/.test(domain);
  // Any other sign would be a port, a path or a password to the parser of URLs.
  if (isAscii || !/^[a-z\d.\-\u0080-\u{10ffff}]+$/iu.test(domain)) return domain;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : domain;
}
