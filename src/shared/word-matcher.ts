import { MatcherBaseClass, type DictionaryMatch, type MatchOptions } from "@zxcvbn-ts/core";

/** Each word's best rank, and its dictionary. */
type Words = Map<string, { rank: number; dictionaryName: string }>;

/**
 * Merges all dictionaries into one map, because only a word's best rank counts. zxcvbn would look
 * up each part of a password in every one of them, which takes most of its time.
 */
export function mergeDictionaries(dictionaries: Record<string, string[]>): Words {
  const words: Words = new Map();
  for (const [dictionaryName, list] of Object.entries(dictionaries)) {
    for (const [index, word] of list.entries()) {
      // Diceware words have no order: on average, half of the 7,776 are tried.
      const rank = dictionaryName.startsWith("diceware") ? 6 ** 5 / 2 : index + 1;
      const known = words.get(word);
      if (!known || rank < known.rank) words.set(word, { rank, dictionaryName });
    }
  }
  return words;
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
  letters: string;
  pieces: string[];
  is: "plain" | "backwards" | "with look-alikes";
}

/** Creates a zxcvbn matcher for these words: plain, backwards, and with look-alikes. */
export function matcherOf(words: Words) {
  let longest = 0;
  for (const word of words.keys()) longest = Math.max(longest, word.length);
  return class extends MatcherBaseClass {
    match({ password }: MatchOptions): DictionaryMatch[] {
      const found = readingsOf(password).flatMap((reading) => findWords(words, longest, reading));
      return easiestOfEach(found);
    }
  };
}

function readingsOf(password: string): Reading[] {
  const characters = password.split("");
  const backwards = characters.toReversed();
  const pieces = password.match(PIECES) ?? [];
  const readAs = (which: number) =>
    pieces.map((piece) => LOOK_ALIKES.get(piece.toLowerCase())?.at(which) ?? piece).join("");
  const others = new Set([readAs(0), readAs(-1)]);
  others.delete(password);
  return [
    { letters: password, pieces: characters, is: "plain" },
    { letters: backwards.join(""), pieces: backwards, is: "backwards" },
    ...Array.from(others, (letters): Reading => ({ letters, pieces, is: "with look-alikes" })),
  ];
}

function findWords(words: Words, longest: number, reading: Reading): DictionaryMatch[] {
  const { letters, pieces, is } = reading;
  const found: DictionaryMatch[] = [];
  const lower = letters.replaceAll("İ", "i").toLowerCase(); // Its lower case would be longer.
  const starts = startsOf(pieces);
  for (let from = 0; from < pieces.length; from++) {
    // Matches of one or two letters do not matter.
    for (let to = from + 3; to <= Math.min(pieces.length, from + longest); to++) {
      const matchedWord = lower.slice(from, to);
      const word = words.get(matchedWord);
      if (!word) continue;
      const behind = pieces.slice(from, to);
      const subs = is === "with look-alikes" ? substitutions(behind, matchedWord) : [];
      if (is === "with look-alikes" && subs.length === 0) continue; // It was found as plain.
      const [i, j] = [starts[from]!, starts[to]! - 1];
      const l33t = subs.length > 0;
      const match = { pattern: "dictionary" as const, matchedWord, ...word, l33t, subs };
      const last = pieces.length - 1;
      found.push(
        is === "backwards"
          ? {
              ...match,
              i: last - j,
              j: last - i,
              token: behind.toReversed().join(""),
              reversed: true,
            }
          : { ...match, i, j, token: behind.join(""), reversed: false },
      );
    }
  }
  return found;
}

/** Keeps only the easiest match per place, because the others cannot matter. */
function easiestOfEach(found: DictionaryMatch[]): DictionaryMatch[] {
  const easiest = new Map<number, { match: DictionaryMatch; guesses: number }>();
  for (const match of found) {
    const place = match.i * 1000 + match.j;
    const guesses = match.rank * (match.reversed ? 2 : 1) * 2 ** (match.subs as unknown[]).length;
    const known = easiest.get(place);
    if (!known || guesses < known.guesses) easiest.set(place, { match, guesses });
  }
  return Array.from(easiest.values(), ({ match }) => match);
}

/** Where each piece begins, and where the last one ends. */
function startsOf(pieces: string[]): number[] {
  const starts = [0];
  for (const piece of pieces) starts.push(starts.at(-1)! + piece.length);
  return starts;
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
