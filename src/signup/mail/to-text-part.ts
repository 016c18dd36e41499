/**
 * A mail's plain text as nodemailer takes it. ASCII goes out as it is: nodemailer would encode what
 * has a long line as quoted-printable, and fold the link into pieces that some programs never join.
 * @param text ends with a line break
 */
export function toTextPart(text: string): string | { raw: string } {
  // RFC 5322, 2.1.1: 998 characters a line, as far as one counts on a server.
  if (!/^(?:[\x20-\x7e]{0,998}\n)*$/.test(text)) return text;
  const headers = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit";
  return { raw: `${headers}\n\n${text}`.replaceAll("\n", "\r\n") };
}
