import type { Match } from "@zxcvbn-ts/core";

/**
 * The fewest guesses that zxcvbn can come to for a text of this length with these matches. It splits
 * the text into parts, multiplies their guesses and the number of their orders, and adds 10,000 for
 * a second part, 10,000² for a third. A fourth would add 10,000³, which is more than any score needs.
 */
export function fewestGuesses(length: number, matches: Match[]): number {
  const guesses = guessesOfParts(length, matches);
  let fewest = guesses(0, length);
  for (let second = 1; second < length; second++) {
    const first = guesses(0, second);
    fewest = Math.min(fewest, 2 * first * guesses(second, length) + 1e4);
    for (let third = second + 1; third < length; third++) {
      const product = first * guesses(second, third) * guesses(third, length);
      fewest = Math.min(fewest, 6 * product + 1e8);
    }
  }
  return Math.min(fewest, 1e12);
}

/** The fewest guesses of each part of a text. */
function guessesOfParts(length: number, matches: Match[]) {
  const size = length + 1;
  const fewest = new Float64Array(size * size);
  for (let from = 0; from < length; from++) {
    let anyCharacters = 1;
    for (let to = from + 1; to <= length; to++) {
      anyCharacters *= 10;
      fewest[from * size + to] = anyCharacters;
    }
  }
  for (const match of matches) {
    const place = match.i * size + match.j + 1;
    fewest[place] = Math.min(fewest[place]!, guessesOf(match, length));
  }
  return (from: number, to: number) => fewest[from * size + to]!;
}

/** The fewest guesses that zxcvbn takes a match for. */
function guessesOf(match: Match, length: number): number {
  const { token, leastGuesses = 1 } = match as Match & { leastGuesses?: number };
  if (token.length === length) return leastGuesses;
  return Math.max(leastGuesses, token.length === 1 ? 10 : 50);
}
