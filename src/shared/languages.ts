/** The languages that people can choose, each with its own name and its direction. */
export const LANGUAGES = {
  en: { name: "English", dir: "ltr" },
  de: { name: "Deutsch", dir: "ltr" },
  fr: { name: "Français", dir: "ltr" },
  es: { name: "Español", dir: "ltr" },
  "pt-BR": { name: "Português (Brasil)", dir: "ltr" },
  ja: { name: "日本語", dir: "ltr" },
  ar: { name: "العربية", dir: "rtl" },
} as const satisfies Record<string, { name: string; dir: "ltr" | "rtl" }>;

/** A BCP 47 tag: the name of a folder in src/texts, and of a page's first folder. */
export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as [Language, ...Language[]];

/** The direction in which a language is written. */
export function dirOf(language: Language): "ltr" | "rtl" {
  return LANGUAGES[language].dir;
}

/** Whether there are texts in this language; tags are compared exactly. */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}
