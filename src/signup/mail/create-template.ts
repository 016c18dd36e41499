import { compile } from "html-to-text";
import { encode, wrap as softWrap } from "nodemailer/lib/qp";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { dirOf, type Language } from "#src/shared/languages.ts";
import type { MailContent } from "./mail-content.ts";

/** The doctype that the widest range of mail programs renders consistently. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Maximum characters per line of text, except for links. */
const WIDTH = 72;

/** Maximum characters per line of quoted-printable (RFC 2045, 6.7). */
const LINE = 76;

/** Placeholders from Unicode's private use area, which no mail contains. */
const FIRST_SLOT = 0xe000;
const SLOT = /([\ue000-\uf8ff])/g;

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: "[data-skip-in-text=true]", format: "skip" },
    { selector: "a", options: { linkBrackets: false, hideLinkHrefIfSameAsText: true } },
    // Tables are used only for layout.
    { selector: "td", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

/** A left-to-right text in a right-to-left one keeps its place by these (UAX #9, isolates). */
const ISOLATED = ["\u2066", "\u2069"] as const;

/** The values that differ between mails of one kind. */
type Values<Name extends string> = Record<Name, string>;

/**
 * Renders a mail once, as HTML and text; filling in values later takes a tenth of the time. The
 * text is derived from the HTML, so the two cannot diverge. It omits `data-skip-in-text` and wraps
 * lines, but never links, at 72 characters.
 * @param draw must use the values only as text or as link addresses
 * @returns a function from plain-text values to a mail. `askedAt` ends the subject, so that no mail
 *   program threads two mails. The code would too, but lock screens and server logs show subjects.
 */
export function createTemplate<Name extends string>(
  { language, subject }: { language: Language; subject: string },
  names: readonly Name[],
  draw: (values: Values<Name>) => ReactElement,
): (askedAt: Date, values: Values<Name>) => MailContent {
  const slots = names.map((name, index) => [name, String.fromCodePoint(FIRST_SLOT + index)]);
  // No streaming, because nothing in a mail loads asynchronously.
  const markup = renderToStaticMarkup(draw(Object.fromEntries(slots) as Values<Name>));
  const html = `${DOCTYPE}${markup}`;
  const isRightToLeft = dirOf(language) === "rtl";
  // Mail programs wrap a language that has no spaces.
  const hasSpaces = language !== "ja";
  const plainText = toText(isRightToLeft ? isolate(html) : html);
  const text = `${plainText}\n`;
  // Encoded once, too. Soft line breaks around each slot let any value follow.
  const quotedPrintable = html
    .split(SLOT)
    .map((piece, index) => (index % 2 === 1 ? piece : toQuotedPrintable(piece)))
    .join("=\r\n");
  return (askedAt, values) => {
    const plain = names.map((name) => values[name]);
    const escaped = plain.map(escape);
    return {
      subject: `${subject} (${askedAt.toISOString().slice(11, 19)} UTC)`,
      text: hasSpaces ? fill(text, plain).replaceAll(/[^\n]+/g, wrap) : fill(text, plain),
      get html() {
        return fill(html, escaped); // Only previews and tests read it.
      },
      quotedPrintable: fill(quotedPrintable, escaped.map(toQuotedPrintable)),
    };
  };
}

/** Marks names and hosts, because text has no `bdi`. */
function isolate(html: string): string {
  return html.replaceAll(/<bdi>(.*?)<\/bdi>/gs, `${ISOLATED[0]}$1${ISOLATED[1]}`);
}

const ENTITIES: Record<string, string> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
  ...{ '"': "&quot;", "'": "&#x27;" },
};

/** As React does, which takes ten times as long for a single value. */
function escape(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

function toQuotedPrintable(text: string): string {
  return softWrap(encode(text), LINE);
}

function fill(template: string, values: string[]): string {
  return template.replaceAll(SLOT, (slot) => values[slot.charCodeAt(0) - FIRST_SLOT]!);
}

/** Wraps a line between words. */
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
