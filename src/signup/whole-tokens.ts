import { unescape } from "node:querystring";

/** No link has more pieces than this. */
const PIECES = 8;

/**
 * Candidates for a link's token, after a mail program wrapped or encoded it, or added text around
 * it. That may be `3D` (a quoted-printable `=`) before it, whitespace in it, or `>`, `.`, `_` or
 * words after it. Trying them all is safe, because each needs a valid signature.
 */
export function wholeTokens(text: string): string[] {
  const plain = unescape(text).toLowerCase().replaceAll(/&\w+;/g, " ");
  const pieces = (plain.match(/[\w-]+/g) ?? []).slice(0, PIECES);
  return [...new Set([pieces.join(""), ...pieces].flatMap(withoutEdges))];
}

/** With and without edge characters that a token may also contain. */
function withoutEdges(piece: string): string[] {
  const starts = [piece, piece.replace(/^3d/, ""), piece.replace(/^_/, "")];
  return starts.flatMap((start) => [start, start.replace(/[_-]$/, "")]);
}
