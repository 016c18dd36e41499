/** A mail's subject and its body in two forms. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
  /** The HTML in quoted-printable (RFC 2045, 6.7). */
  quotedPrintable: string;
}
