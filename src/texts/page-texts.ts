import type { Language } from "#src/shared/languages.ts";
import { pages as en, type PageTexts } from "./en/pages.tsx";
import { pages as de } from "./de/pages.tsx";
import { pages as fr } from "./fr/pages.tsx";
import { pages as es } from "./es/pages.tsx";
import { pages as ptBR } from "./pt-BR/pages.tsx";
import { pages as ja } from "./ja/pages.tsx";
import { pages as ar } from "./ar/pages.tsx";

/** The texts of the pages, for what the server renders. A browser loads only its own language. */
export const PAGE_TEXTS: Record<Language, PageTexts> = { en, de, fr, es, "pt-BR": ptBR, ja, ar };
