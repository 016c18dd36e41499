/**
 * A mail's plain text for nodemailer. ASCII is sent raw, because nodemailer would encode long lines
 * as quoted-printable and split the link, which some programs never rejoin.
 * @param text must end with a line break
 */
export function toTextPart(text: string): string | { raw: string } {
  // RFC 5322, 2.1.1: at most 998 characters per line.
  if (!/^(?:[\x20-\x7e]{0,998}\n)*$/.test(text)) return text;
  const headers = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit";
  return { raw: `${headers}\n\n${text}`.replaceAll("\n", "\r\n") };
}
