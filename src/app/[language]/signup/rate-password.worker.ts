import type { Language } from "#src/shared/languages.ts";
import { packWords } from "#src/shared/pack-words.ts";
import { dictionariesOf, type Dictionary } from "#src/shared/dictionaries-of.ts";
import { createRating, type Credentials, type Rate } from "#src/shared/password-strength.ts";

// In a worker, because loading the dictionaries takes a quarter of a second.

/** A password to rate on a page in one language. */
export interface ToRate {
  language: Language;
  credentials: Credentials;
}

const DICTIONARIES: Record<Language, () => Promise<{ dictionary: Dictionary }>> = {
  en: () => import("@zxcvbn-ts/language-en"),
  de: () => import("@zxcvbn-ts/language-de"),
  fr: () => import("@zxcvbn-ts/language-fr"),
  es: () => import("@zxcvbn-ts/language-es-es"),
  "pt-BR": () => import("@zxcvbn-ts/language-pt-br"),
  ja: () => import("@zxcvbn-ts/language-ja"),
  ar: () => import("@zxcvbn-ts/language-ar"),
};

let rating: Promise<Rate> | undefined;

async function load(language: Language): Promise<Rate> {
  const { dictionary } = await DICTIONARIES[language]();
  return createRating(packWords(dictionariesOf({ [language]: dictionary })));
}

async function rate({ language, credentials }: ToRate): Promise<void> {
  const ratePassword = await (rating ??= load(language));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it has none
  self.postMessage(ratePassword(credentials));
}

self.addEventListener("message", ({ data }: MessageEvent<ToRate>) => {
  // The page stops rating at an error, which a rejection is not.
  rate(data).catch((error: unknown) => self.reportError(error));
});
