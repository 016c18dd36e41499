"use client";

import dynamic from "next/dynamic";
import { createContext, use, type ReactNode } from "react";
import { keepTexts } from "#src/client/texts.ts";
import type { Language } from "#src/shared/languages.ts";
import type { PageTexts } from "#src/texts/en/pages.tsx";

/** The texts of a page, and the service's name. */
interface Words {
  texts: PageTexts;
  service: string;
}

const Context = createContext<Words | undefined>(undefined);

interface ProviderProps {
  service: string;
  children: ReactNode;
}

/** A part of the page's script for each language, of which a page loads its own. */
const PROVIDERS = {
  en: dynamic(() => import("#src/texts/en/pages.tsx").then(({ pages }) => provide("en", pages))),
  de: dynamic(() => import("#src/texts/de/pages.tsx").then(({ pages }) => provide("de", pages))),
  fr: dynamic(() => import("#src/texts/fr/pages.tsx").then(({ pages }) => provide("fr", pages))),
  es: dynamic(() => import("#src/texts/es/pages.tsx").then(({ pages }) => provide("es", pages))),
  "pt-BR": dynamic(() =>
    import("#src/texts/pt-BR/pages.tsx").then(({ pages }) => provide("pt-BR", pages)),
  ),
  ja: dynamic(() => import("#src/texts/ja/pages.tsx").then(({ pages }) => provide("ja", pages))),
  ar: dynamic(() => import("#src/texts/ar/pages.tsx").then(({ pages }) => provide("ar", pages))),
} satisfies Record<Language, unknown>;

function provide(language: Language, texts: PageTexts) {
  keepTexts({ language, texts });
  return function Provider({ service, children }: ProviderProps) {
    return <Context value={{ texts, service }}>{children}</Context>;
  };
}

/** Gives a page its texts, in one language. */
export function TextsProvider({ language, ...props }: ProviderProps & { language: Language }) {
  const Provider = PROVIDERS[language];
  return <Provider {...props} />;
}

/** The texts of this page. */
export function useTexts(): PageTexts {
  return useWords().texts;
}

/** The service's name, as people read it. */
export function useService(): string {
  return useWords().service;
}

function useWords(): Words {
  const words = use(Context);
  if (!words) throw new Error("There is no TextsProvider");
  return words;
}
