/**
 * Normalises an address for storing, comparing, showing and mailing. The domain becomes ASCII (IDNA
 * per UTS 46): `ada@exämple.com` becomes `ada@xn--exmple-cua.com`. The part before the @ becomes
 * NFC (RFC 6532, 3.1). Invalid addresses and ASCII stay as typed.
 */
export function canonicalAddress(typed: string): string {
  const at = typed.lastIndexOf("@");
  const local = typed.slice(0, at).normalize("NFC");
  const domain = typed.slice(at + 1);
  return at < 0 ? typed : `${local}@${toAscii(domain)}`;
}

function toAscii(domain: string): string {
  const isAscii = !/[^\0-\x7f]/.test(domain);
  // The URL parser would read other characters as a port, a path or a password.
  if (isAscii || !/^[a-z\d.\-\u0080-\u{10ffff}]+$/iu.test(domain)) return domain;
  const url = `http://${domain}`;
  return URL.canParse(url) ? new URL(url).hostname : domain;
}
