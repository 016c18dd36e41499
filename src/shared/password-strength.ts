import { ZxcvbnFactory, type FeedbackType, type ZxcvbnResult } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { COMMON_WORDS, FAMOUS_PHRASES } from "./common-words.ts";
import { trimUnseen } from "./trim-unseen.ts";
import { matcherOf, mergeDictionaries } from "./word-matcher.ts";

// The one configuration by which the server refuses and the page advises, so that they never
// disagree. The page runs it in a worker, as it weighs half a megabyte.

/** Characters that one estimate looks at, as its cost grows much faster than the length. */
const WINDOW = 24;

/** The most that a password may have: what is longer is refused by its length. */
const LONGEST = 256;

/** The score of zxcvbn from which a password is taken: 3 of 4, "safely unguessable". */
export const ENOUGH = 3;

// Built once, when this is loaded: the dictionaries take a quarter of a second.
const dictionary = mergeDictionaries({ "passwords-own": COMMON_WORDS, ...common, ...english });
const { qwerty, qwertz, azerty, keypad } = adjacencyGraphs;
// zxcvbn's own dictionaries are left empty but for what is known of the person.
const zxcvbn = new ZxcvbnFactory(
  { graphs: { qwerty, qwertz, azerty, keypad }, l33tMaxSubstitutions: 2 },
  { words: { Matching: matcherOf(dictionary), scoring: () => 0, feedback: () => null } },
);

/** What people put between words. Whoever guesses the words guesses it as well, so it counts for nothing. */
const SEPARATORS = /[\s_.,:;\p{Pd}]/gu;

/** The same character over and over says no more than that it is doubled. */
const RUNS = /(.)\1{3,}/gu;

/** Three words or more of a famous phrase, with anything between them, and look-alikes of letters. */
const FAMOUS = new RegExp(
  FAMOUS_PHRASES.map((phrase) => `((${withLookAlikes(phrase)})[^\\p{L}\\p{N}]*){3,}`).join("|"),
  "giu",
);

/** A password, and what an attacker knows of the person; the latter may still be anything. */
export interface Credentials {
  password: string;
  username?: unknown;
  fullName?: unknown;
  email?: unknown;
}

/** How hard a password is to guess. */
export interface Strength {
  score: ZxcvbnResult["score"];
  /** The keys of what zxcvbn says is wrong, and of what would help. */
  feedback: FeedbackType;
}

/**
 * Rates a password, typed or parsed, by zxcvbn. A long one is rated by its first and its last 24
 * characters, whichever is better: so nothing that is typed costs more than a few times the usual.
 */
export function ratePassword({ password, username, fullName, email }: Credentials): Strength {
  const known = [username, fullName, email]
    .filter((value) => typeof value === "string")
    .flatMap((value) => withItsWords(trimUnseen(value).slice(0, 254)));
  const whole = password.normalize("NFKC").slice(0, LONGEST).replaceAll(SEPARATORS, "");
  const told = unrepeat(whole).replaceAll(RUNS, "$1$1").replaceAll(FAMOUS, "password");
  const first = zxcvbn.check(told.slice(0, WINDOW), known);
  if (first.score >= ENOUGH || told.length <= WINDOW) return first;
  const last = zxcvbn.check(told.slice(-WINDOW), known);
  return last.score > first.score ? last : first;
}

/** Two copies of what a text consists of copies of, the last of which may be cut off; else the text. */
function unrepeat(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.startsWith(text.slice(length))) return text.slice(0, 2 * length);
  }
  return text;
}

/** A value, and the names in it: of "ada.lovelace@example.com" people take "lovelace". */
function withItsWords(value: string): string[] {
  const words = value.split(/[^\p{L}\p{M}\p{N}]+/u);
  return [value.replaceAll(SEPARATORS, ""), ...words.filter((word) => word.length > 2)];
}

/** The words of a phrase as a pattern that takes "0" for "o", and the like. */
function withLookAlikes(phrase: string): string {
  const looks: Record<string, string> = { a: "[a4@]", e: "[e3]", i: "[i1!]", l: "[l1]", o: "[o0]" };
  const pattern = phrase.replaceAll(/[aeilo]/g, (letter) => looks[letter]!);
  return pattern.replaceAll("s", "[s5$]").replaceAll("t", "[t7+]").replaceAll(" ", "|");
}
