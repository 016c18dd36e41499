import { packWords } from "#src/shared/pack-words.ts";
import { createRating } from "#src/shared/password-strength.ts";
import { readWords } from "./words-file.ts";

/** The file of packed words beside the program; the bundler defines it. */
declare const WORDS_FILE: string | undefined;

/** A build has packed the words, because that takes half a second, and the lists take 100 MB. */
const words =
  typeof WORDS_FILE === "string"
    ? readWords(new URL(WORDS_FILE, import.meta.url))
    : packWords((await import("./dictionaries.ts")).ALL_WORDS);

/** Rates a password with the words of every language, whatever the person's is. */
export const ratePassword = createRating(words);
