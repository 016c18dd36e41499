import { brand } from "#src/platform/brand.ts";
import { closestLanguage } from "#src/shared/closest-language.ts";
import type { Language } from "#src/shared/languages.ts";

/** What a mail is written in. Its row may name a language that is no longer offered. */
export function languageOfMail({ language }: { language: string }): Language {
  return closestLanguage([language]) ?? brand.defaultLanguage;
}
