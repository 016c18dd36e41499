import { render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import type { Message } from "./message.ts";

/**
 * A mail in both forms. The text is made from the HTML, so the two cannot drift apart; it leaves out
 * what says `data-skip-in-text`, and breaks its lines, but never a link, at 72 characters.
 */
export async function renderMail(subject: string, mail: ReactElement): Promise<Message> {
  const html = await render(mail);
  return { subject, text: `${toPlainText(html, { wordwrap: 72 })}\n`, html };
}
