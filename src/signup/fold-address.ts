/**
 * Normalises an address for comparison: lower-cases A–Z and nothing else, like PostgreSQL's `lower`
 * with collation "C". Only the mail server may compare other letters before the @ (RFC 5321, 2.4),
 * and a domain has none.
 */
export function foldAddress(email: string): string {
  return email.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
