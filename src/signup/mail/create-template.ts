import { compile } from "html-to-text";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Message } from "./message.ts";

/** The one that the widest range of mail programs draws by the same rules. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Characters in a line of text at most, but for links. */
const WIDTH = 72;

/** Stand for what is filled in. They are for private use, so no mail has them among its words. */
const FIRST_SLOT = 0xe000;
const SLOT = /[\ue000-\uf8ff]/g;

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: "[data-skip-in-text=true]", format: "skip" },
    { selector: "a", options: { linkBrackets: false, hideLinkHrefIfSameAsText: true } },
    // The tables are for the layout alone.
    { selector: "td", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

/** What differs between two mails of a kind. */
type Values<Name extends string> = Record<Name, string>;

/**
 * Draws a mail in both forms, once: each mail is then filled in, which takes a tenth of the time. The text
 * is made from the HTML, so the two cannot drift apart; it leaves out what says `data-skip-in-text`,
 * and breaks its lines, but never a link, at 72 characters.
 * @param draw puts the values that it is given where text may stand, or a link, and nowhere else
 * @returns makes a mail of the values, as text; `askedAt` ends the subject, so that no mail program
 *   folds a mail into an earlier one. The code would tell them apart as well, but a subject is on lock
 *   screens and in the logs of mail servers
 */
export function createTemplate<Name extends string>(
  title: string,
  names: readonly Name[],
  draw: (values: Values<Name>) => ReactElement,
): (askedAt: Date, values: Values<Name>) => Message {
  const slots = names.map((name, index) => [name, String.fromCodePoint(FIRST_SLOT + index)]);
  // Not as a stream: nothing in a mail waits for anything.
  const markup = renderToStaticMarkup(draw(Object.fromEntries(slots) as Values<Name>));
  const html = `${DOCTYPE}${markup}`;
  const text = `${toText(html)}\n`;
  return (askedAt, values) => {
    const plain = names.map((name) => values[name]);
    return {
      subject: `${title} (${askedAt.toISOString().slice(11, 19)} UTC)`,
      text: fill(text, plain).replaceAll(/[^\n]+/g, wrap),
      html: fill(
        html,
        plain.map((value) => renderToStaticMarkup(value)),
      ),
    };
  };
}

function fill(template: string, values: string[]): string {
  return template.replaceAll(SLOT, (slot) => values[slot.charCodeAt(0) - FIRST_SLOT]!);
}

/** Breaks a line between words. */
function wrap(line: string): string {
  const lines: string[] = [];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    const isRoom = last !== undefined && last.length + 1 + word.length <= WIDTH;
    if (isRoom) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines.join("\n");
}
