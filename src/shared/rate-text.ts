import { ZxcvbnFactory, type FeedbackType, type Match, type ZxcvbnResult } from "@zxcvbn-ts/core";
import { adjacencyGraphs } from "@zxcvbn-ts/language-common";
import { fewestGuesses } from "./fewest-guesses.ts";
import type { PackedWords } from "./pack-words.ts";
import { matcherOf } from "./word-matcher.ts";

const { qwerty, qwertz, azerty, keypad } = adjacencyGraphs;

/** The keyboards on which patterns are known. */
export const GRAPHS = { qwerty, qwertz, azerty, keypad };

/** Guesses from which on zxcvbn's score is 4. */
const STRONGEST = 1e10 + 5;

/** How hard a password is to guess. */
export interface Strength {
  score: ZxcvbnResult["score"];
  /** zxcvbn's message keys for the warning and the suggestions. */
  feedback: FeedbackType;
}

/** Rates a short text, by someone of whom these words are known. */
export type RateText = (text: string, known: string[]) => Strength;

/** The two steps of zxcvbn's `check`, which its types hide: it finds matches, and rates by them. */
interface Steps {
  main(text: string, known: string[]): Match[];
  createReturnValue(matches: Match[], text: string, start: number): ZxcvbnResult;
}

/**
 * Rates as zxcvbn does, with these words. Its search for the best matches takes most of its
 * time, and is left out where its score must be 4.
 */
export function createRateText(words: PackedWords): RateText {
  // zxcvbn's own dictionaries stay empty, except for the person's own data.
  const zxcvbn = new ZxcvbnFactory(
    { graphs: GRAPHS, l33tMaxSubstitutions: 2 },
    {
      words: {
        Matching: matcherOf(words),
        scoring: () => 0,
        feedback: () => null,
      },
    },
  ) as unknown as Steps;
  return (text, known) => {
    const matches = zxcvbn.main(text, known);
    if (fewestGuesses(text.length, matches) > STRONGEST) {
      return { score: 4, feedback: { warning: null, suggestions: [] } };
    }
    const { score, feedback } = zxcvbn.createReturnValue(matches, text, 0);
    return { score, feedback };
  };
}
