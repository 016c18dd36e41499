import config from "#config";
import type { BrandConfig, Localized } from "./brand-config.ts";
import type { Language } from "./languages.ts";

const { defaultLanguage = "en" }: BrandConfig = config;

/** The text or URL for a language. */
export function localize(language: Language, given: Localized): string {
  if (typeof given === "string") return given;
  return given[writtenIn(language, given)]!;
}

/** What that text is written in. */
export function writtenIn(language: Language, given: Localized): Language {
  if (typeof given === "string") return defaultLanguage;
  const [first = language] = Object.keys(given) as Language[];
  return [language, defaultLanguage].find((tag) => given[tag] !== undefined) ?? first;
}
