import { FAMOUS_PHRASES } from "./common-words.ts";
import type { PackedWords } from "./pack-words.ts";
import { createRateText, type RateText, type Strength } from "./rate-text.ts";
import { trimUnseen } from "./trim-unseen.ts";

// The server and the page rate in the same way, but the page knows only its own language's words:
// what it calls good, the server may still refuse. It runs in a worker, because the words weigh half
// a megabyte.

/** Characters per estimate, because the cost grows much faster than the length. */
const WINDOW = 24;

/** The maximum length of a password; longer ones are refused. */
const LONGEST = 256;

/** zxcvbn's score at which a password is accepted: 3 of 4, "safely unguessable". */
export const ENOUGH = 3;

/** Rates a password. */
export type Rate = (credentials: Credentials) => Strength;

/** Creates a rating that knows these words. */
export function createRating(words: PackedWords): Rate {
  const rateText = createRateText(words);
  return (credentials) => rateBy(rateText, credentials);
}

/** Separators between words add no security, so they are removed. */
const SEPARATORS = /[\s_.,:;\p{Pd}]/gu;

/** A repeated character counts only twice. */
const RUNS = /(.)\1{3,}/gu;

/** Three or more words of a famous phrase, with any separators and look-alike characters. */
const FAMOUS = new RegExp(
  FAMOUS_PHRASES.map((phrase) => `((${withLookAlikes(phrase)})[^\\p{L}\\p{N}]*){3,}`).join("|"),
  "giu",
);

/** A password, and what an attacker knows about the person (unvalidated). */
export interface Credentials {
  password: string;
  username?: unknown;
  fullName?: unknown;
  email?: unknown;
}

/**
 * Rates a password. A long one is rated by its first and last 24 characters, whichever is better, so
 * that the cost stays bounded.
 */
export function rateBy(
  rateText: RateText,
  { password, username, fullName, email }: Credentials,
): Strength {
  const known = [username, fullName, email]
    .filter((value) => typeof value === "string")
    .flatMap((value) => withItsWords(trimUnseen(value).slice(0, 254)));
  const whole = password.normalize("NFKC").slice(0, LONGEST).replaceAll(SEPARATORS, "");
  const told = unrepeat(whole).replaceAll(RUNS, "$1$1").replaceAll(FAMOUS, "password");
  const first = rateText(told.slice(0, WINDOW), known);
  if (first.score >= ENOUGH || told.length <= WINDOW) return first;
  const last = rateText(told.slice(-WINDOW), known);
  return last.score > first.score ? last : first;
}

/**
 * Two copies of the repeated part of a text, whose last copy may be cut off; otherwise the text.
 */
function unrepeat(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.startsWith(text.slice(length))) return text.slice(0, 2 * length);
  }
  return text;
}

/** A value and the names in it: people use "lovelace" of "ada.lovelace@example.com". */
function withItsWords(value: string): string[] {
  const words = value.split(/[^\p{L}\p{M}\p{N}]+/u);
  return [value.replaceAll(SEPARATORS, ""), ...words.filter((word) => word.length > 2)];
}

/** A pattern for a phrase's words that accepts "0" for "o", and so on. */
function withLookAlikes(phrase: string): string {
  const looks: Record<string, string> = { a: "[a4@]", e: "[e3]", i: "[i1!]", l: "[l1]", o: "[o0]" };
  const pattern = phrase.replaceAll(/[aeilo]/g, (letter) => looks[letter]!);
  return pattern.replaceAll("s", "[s5$]").replaceAll("t", "[t7+]").replaceAll(" ", "|");
}
