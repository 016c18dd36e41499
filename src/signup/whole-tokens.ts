import { unescape } from "node:querystring";

/** More pieces than this are no link's. */
const PIECES = 8;

/**
 * What a link's token may have been before a mail program wrapped it, encoded it, or took for a part of it
 * what stood around it: `3D` (an `=` in quoted-printable) in front, spaces and line breaks within,
 * `>`, `.`, `_` or whole words behind. None is believed without its signature, so to try them is safe.
 */
export function wholeTokens(text: string): string[] {
  const plain = unescape(text).toLowerCase().replaceAll(/&\w+;/g, " ");
  const pieces = (plain.match(/[\w-]+/g) ?? []).slice(0, PIECES);
  return [...new Set([pieces.join(""), ...pieces].flatMap(withoutEdges))];
}

/** With and without what consists of characters that a token has, too. */
function withoutEdges(piece: string): string[] {
  const starts = [piece, piece.replace(/^3d/, ""), piece.replace(/^_/, "")];
  return starts.flatMap((start) => [start, start.replace(/[_-]$/, "")]);
}
