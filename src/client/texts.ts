import type { FieldTexts } from "#src/texts/en/fields.ts";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import type { PasswordAdviceTexts } from "#src/texts/en/password-advice.ts";
import type { Language } from "#src/shared/languages.ts";

// Code that renders takes its texts from the context (useTexts). This is for all other code, which
// runs in a browser, where there is only one language.

interface Page {
  language: Language;
  texts: PageTexts;
}

let page: Page | undefined;

/** Keeps the texts of this page, as soon as they are there. */
export function keepTexts(loaded: Page): void {
  if (typeof window !== "undefined") page = loaded;
}

/** The texts of this page. */
export function textsOfPage(): PageTexts {
  return pageOrThrow().texts;
}

/** The language of this page. The document's may be a translator's. */
export function languageOfPage(): Language {
  return pageOrThrow().language;
}

function pageOrThrow(): Page {
  if (!page) throw new Error("The texts are not loaded yet");
  return page;
}

const FIELDS: Record<Language, () => Promise<FieldTexts>> = {
  en: async () => (await import("#src/texts/en/fields.ts")).fields,
  de: async () => (await import("#src/texts/de/fields.ts")).fields,
  fr: async () => (await import("#src/texts/fr/fields.ts")).fields,
  es: async () => (await import("#src/texts/es/fields.ts")).fields,
  "pt-BR": async () => (await import("#src/texts/pt-BR/fields.ts")).fields,
  ja: async () => (await import("#src/texts/ja/fields.ts")).fields,
  ar: async () => (await import("#src/texts/ar/fields.ts")).fields,
};

const ADVICE: Record<Language, () => Promise<PasswordAdviceTexts>> = {
  en: async () => (await import("#src/texts/en/password-advice.ts")).passwordAdvice,
  de: async () => (await import("#src/texts/de/password-advice.ts")).passwordAdvice,
  fr: async () => (await import("#src/texts/fr/password-advice.ts")).passwordAdvice,
  es: async () => (await import("#src/texts/es/password-advice.ts")).passwordAdvice,
  "pt-BR": async () => (await import("#src/texts/pt-BR/password-advice.ts")).passwordAdvice,
  ja: async () => (await import("#src/texts/ja/password-advice.ts")).passwordAdvice,
  ar: async () => (await import("#src/texts/ar/password-advice.ts")).passwordAdvice,
};

/** Loads the texts of invalid fields. Rejects if they cannot be loaded. */
export function loadFieldTexts(): Promise<FieldTexts> {
  return FIELDS[languageOfPage()]();
}

/** Loads the advice on passwords. Rejects if it cannot be loaded. */
export function loadPasswordAdvice(): Promise<PasswordAdviceTexts> {
  return ADVICE[languageOfPage()]();
}
