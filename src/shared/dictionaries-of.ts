import { dictionary as common } from "@zxcvbn-ts/language-common";
import { COMMON_WORDS } from "./common-words.ts";
import type { Language } from "./languages.ts";

/** The words of a language by kind, each list from the most common to the rarest. */
export type Dictionary = Record<string, string[]>;

/** All words that are known in these languages, common passwords among them. */
export function dictionariesOf(languages: Partial<Record<Language, Dictionary>>): Dictionary {
  const dictionaries = Object.entries(languages).flatMap(([language, dictionary]) =>
    // Several languages' packages call a kind the same.
    Object.entries(dictionary).map(([kind, words]) => [`${kind}-${language}`, words] as const),
  );
  return { "passwords-own": COMMON_WORDS, ...common, ...Object.fromEntries(dictionaries) };
}
