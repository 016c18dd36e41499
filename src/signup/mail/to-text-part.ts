/** RFC 5322, 2.1.1: at most 998 characters per line. */
const PLAIN = /^(?:[\x20-\x7e]{0,998}\n)*$/;

/** RFC 2045, 6.8: at most 76 characters per line. */
const ENCODED_LINE = /.{1,76}/g;

/**
 * A mail's plain text for nodemailer, as a raw MIME part: ASCII as it is, all else in base64.
 * nodemailer would choose quoted-printable for most texts, which splits the link; some programs
 * never rejoin it.
 * @param text must end with a line break
 */
export function toTextPart(text: string): { raw: string } {
  const lines = text.replaceAll("\n", "\r\n");
  if (PLAIN.test(text)) return rawPart("7bit", lines);
  const encoded = Buffer.from(lines).toString("base64");
  return rawPart("base64", `${encoded.match(ENCODED_LINE)!.join("\r\n")}\r\n`);
}

function rawPart(encoding: "7bit" | "base64", body: string): { raw: string } {
  const type = "Content-Type: text/plain; charset=utf-8";
  return { raw: `${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}` };
}
