import config from "#config";
import type { BrandConfig, Localized } from "./brand-config.ts";
import type { Language } from "./languages.ts";

const { defaultLanguage = "en" }: BrandConfig = config;

/** The text or URL for a language. */
export function localize(language: Language, given: Localized): string {
  if (typeof given === "string") return given;
  return given[language] ?? given[defaultLanguage] ?? Object.values(given)[0]!;
}
