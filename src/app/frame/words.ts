import type { Metadata } from "next";
import { brand } from "#src/platform/brand.ts";
import { isLanguage, type Language } from "#src/shared/languages.ts";
import type { PageTexts } from "#src/texts/en/pages.tsx";
import { PAGE_TEXTS } from "#src/texts/page-texts.ts";

/** The first folder of a page's path, as Next gives it. */
export type LanguageParams = Promise<{ language: string }>;

/** The language of a page that the server renders, and its texts. */
export interface Words {
  language: Language;
  texts: PageTexts;
}

export async function wordsOf(params: LanguageParams): Promise<Words> {
  const { language } = await params;
  if (!isLanguage(language)) throw new Error(`There are no texts in ${language}`);
  return { language, texts: PAGE_TEXTS[language] };
}

/** What search engines and tabs show of every page. */
export function describeSite({ texts }: Words): Metadata {
  return { description: texts.description(brand.name), icons: "/icon" };
}

/** The title of a tab. */
export function tabTitle(title: string): string {
  return `${title} · ${brand.name}`;
}
