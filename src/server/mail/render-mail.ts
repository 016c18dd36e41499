import { plainTextSelectors } from "@react-email/render";
import { compile } from "html-to-text";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Message } from "./message.ts";

/** The one that the widest range of mail programs draws by the same rules. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

// Compiled once: React Email's own `toPlainText` does it for each mail, and takes five times as long.
const toText = compile({ wordwrap: 72, selectors: plainTextSelectors });

/**
 * A mail in both forms. The text is made from the HTML, so the two cannot drift apart; it leaves out
 * what says `data-skip-in-text`, and breaks its lines, but never a link, at 72 characters.
 * @param askedAt ends the subject, so that no mail program folds a mail into an earlier one. The code
 *   would tell them apart as well, but a subject is on lock screens and in the logs of mail servers
 */
export function renderMail(title: string, askedAt: Date, mail: ReactElement): Message {
  const subject = `${title} (${askedAt.toISOString().slice(11, 19)} UTC)`;
  // Not by React Email's `render`, which is a stream: nothing in a mail waits for anything.
  const html = `${DOCTYPE}${renderToStaticMarkup(mail)}`;
  return { subject, text: `${toText(html)}\n`, html };
}
