/**
 * An address as it is compared: with small letters for A–Z and nothing else changed, just as
 * PostgreSQL's `lower` does under the collation "C". Other letters before the @ are for the mail
 * server alone to compare (RFC 5321, 2.4), and a domain has none.
 */
export function foldAddress(email: string): string {
  return email.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
