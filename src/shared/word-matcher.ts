import { MatcherBaseClass, type DictionaryMatch, type MatchOptions } from "@zxcvbn-ts/core";
import type { PackedWords } from "./pack-words.ts";
import { createLookUp, type Found, type LookUp } from "./word-lookup.ts";

/** A word in a password. */
interface WordMatch extends DictionaryMatch {
  /** Without its capitals. */
  leastGuesses: number;
}

/** Look-alikes of letters. If one has two letters, the password is read with each of them. */
const LOOK_ALIKES = new Map(
  [
    "4 a, @ a, 8 b, ( c, { c, [ c, < ck, |) d, 3 e, # hf, 6 gd, 9 gq, & g, |-| h, 1 il, ! il, | il",
    "|< k, ^^ m, // n, 0 o, () o, $ s, 5 s, 7 tl, + t, |_| u, \\/ v, vv w, uu w, % x, >< x, 2 z",
  ].flatMap((list) => list.split(", ").map((entry) => entry.split(" ") as [string, string])),
);

const PIECES = /\|_\||\|-\||\|\)|\|<|\^\^|\/\/|\(\)|\\\/|><|vv|uu|[^]/gi;

/** One way to read a password: each letter stands for a piece of it. */
interface Reading {
  /** In lower case. */
  letters: string;
  pieces: string[];
  /** Where the pieces meet in the password, and its ends. */
  edges: number[];
  is: "plain" | "backwards" | "with look-alikes";
}

/** Creates a zxcvbn matcher for these words: plain, backwards, and with look-alikes. */
export function matcherOf(words: PackedWords) {
  const lookUp = createLookUp(words);
  return class extends MatcherBaseClass {
    match({ password }: MatchOptions): WordMatch[] {
      return findWords(lookUp, password);
    }
  };
}

/** The easiest word per place, because the others cannot matter. */
function findWords(lookUp: LookUp, password: string): WordMatch[] {
  const easiest = new Map<number, WordMatch>();
  for (const reading of readingsOf(password)) {
    for (let from = 0; from < reading.pieces.length; from++) {
      for (const found of lookUp(reading.letters, from)) {
        const match = matchOf(password, reading, from, found);
        const place = match.i * 1000 + match.j;
        const known = easiest.get(place);
        if (!known || match.leastGuesses < known.leastGuesses) easiest.set(place, match);
      }
    }
  }
  return [...easiest.values()];
}

function readingsOf(password: string): Reading[] {
  const characters = password.split("");
  const edges = edgesOf(characters);
  const backwards = characters.toReversed();
  const pieces = password.match(PIECES) ?? [];
  const readAs = (which: number) =>
    pieces.map((piece) => LOOK_ALIKES.get(piece.toLowerCase())?.at(which) ?? piece).join("");
  const others = new Set([readAs(0), readAs(-1)]);
  others.delete(password);
  return [
    readingOf("plain", password, characters, edges),
    readingOf("backwards", backwards.join(""), backwards, edges.toReversed()),
    ...Array.from(others, (text) => readingOf("with look-alikes", text, pieces, edgesOf(pieces))),
  ];
}

function readingOf(is: Reading["is"], text: string, pieces: string[], edges: number[]): Reading {
  // The lower case of "İ" would be longer.
  return { letters: text.replaceAll("İ", "i").toLowerCase(), pieces, edges, is };
}

/** Where each piece begins, and where the last one ends. */
function edgesOf(pieces: string[]): number[] {
  const edges = [0];
  for (const piece of pieces) edges.push(edges.at(-1)! + piece.length);
  return edges;
}

function matchOf(password: string, reading: Reading, from: number, found: Found): WordMatch {
  const { pieces, edges, is } = reading;
  const to = from + found.letters.length;
  const [i, end] = [Math.min(edges[from]!, edges[to]!), Math.max(edges[from]!, edges[to]!)];
  const subs =
    is === "with look-alikes" ? substitutions(pieces.slice(from, to), found.letters) : [];
  const reversed = is === "backwards";
  // Field by field: spreading objects would double the time of a rating.
  return {
    pattern: "dictionary",
    i,
    j: end - 1,
    token: password.slice(i, end),
    matchedWord: found.letters,
    rank: found.rank,
    dictionaryName: found.dictionaryName,
    reversed,
    l33t: subs.length > 0,
    subs,
    leastGuesses: found.rank * (reversed ? 2 : 1) * 2 ** subs.length,
  };
}

/** The replaced characters, each once; zxcvbn counts the possible combinations. */
function substitutions(pieces: string[], word: string) {
  const subs = new Map<string, { letter: string; substitution: string }>();
  for (const [index, piece] of pieces.entries()) {
    const [substitution, letter] = [piece.toLowerCase(), word.charAt(index)];
    if (substitution !== letter) subs.set(substitution, { letter, substitution });
  }
  return [...subs.values()];
}
