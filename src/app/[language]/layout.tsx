import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { LANGUAGE_TAGS, type Language } from "#src/shared/languages.ts";
import { Frame } from "../frame/frame.tsx";
import { describeSite, wordsOf, type LanguageParams } from "../frame/words.ts";

interface LayoutProps {
  params: LanguageParams;
  children: ReactNode;
}

/** Each page is rendered once per language, at build time. */
export function generateStaticParams(): { language: Language }[] {
  return LANGUAGE_TAGS.map((language) => ({ language }));
}

export const dynamicParams = false;

export const viewport: Viewport = { colorScheme: "light dark" };

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  return describeSite(await wordsOf(params));
}

export default async function Layout({ params, children }: LayoutProps) {
  return <Frame {...await wordsOf(params)}>{children}</Frame>;
}
