import MimeNode from "nodemailer/lib/mime-node";
import type { MailContent } from "./mail-content.ts";

/** RFC 5322, 2.1.1: at most 998 characters per line. */
const PLAIN = /^(?:[\x20-\x7e]{0,998}\n)*$/;

/** RFC 2045, 6.8: at most 76 characters per line. */
const ENCODED_LINE = /.{1,76}/g;

/** What a message says on its envelope. */
export interface Headers {
  /** The sender's address, with or without a name. */
  from: string;
  /** The recipient's address, without a name. */
  to: string;
  /** A UUID, or any other string that is valid in a Message-ID; the same for every copy. */
  id: string;
  /** The right side of the Message-ID. */
  domain: string;
  date: Date;
}

/**
 * Composes a mail from parts that are encoded already (RFC 5322, RFC 2046). nodemailer writes the
 * headers; left to send the parts by its streams, it takes as long for them as for all else.
 * @returns the message, with what nodemailer needs to send it
 */
export function composeMessage(
  { from, to, id, domain, date }: Headers,
  { subject, text, quotedPrintable }: Omit<MailContent, "html">,
) {
  const boundary = `--_${id}`;
  const node = new MimeNode(`multipart/alternative; boundary="${boundary}"`);
  // An address object, because a string could smuggle in a second recipient.
  const recipient = { name: "", address: to };
  node.setHeader({
    From: from,
    To: recipient,
    Subject: subject,
    "Message-ID": `<${id}@${domain}>`,
    Date: date,
    "Auto-Submitted": "auto-generated", // Prevents automatic replies (RFC 3834, 5).
  });
  const parts = [textPart(text), part("html", "quoted-printable", quotedPrintable)];
  const raw = [
    node.buildHeaders(),
    "",
    ...parts.flatMap((one) => [`--${boundary}`, one]),
    `--${boundary}--`,
    "",
  ].join("\r\n");
  return { envelope: { from: node.getEnvelope().from, to: [recipient] }, raw };
}

/**
 * ASCII as it is, all else in base64. Quoted-printable would split the link, and some programs never
 * rejoin it.
 * @param text must end with a line break
 */
function textPart(text: string): string {
  const lines = text.replaceAll("\n", "\r\n");
  if (PLAIN.test(text)) return part("plain", "7bit", lines);
  const encoded = Buffer.from(lines).toString("base64");
  return part("plain", "base64", `${encoded.match(ENCODED_LINE)!.join("\r\n")}\r\n`);
}

function part(type: "plain" | "html", encoding: string, body: string): string {
  const headers = `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}`;
  return `${headers}\r\n\r\n${body}`;
}
