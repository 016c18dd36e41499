import type { Language } from "#src/shared/languages.ts";
import { refusals as en, type RefusalTexts } from "./en/refusals.ts";
import { refusals as de } from "./de/refusals.ts";
import { refusals as fr } from "./fr/refusals.ts";
import { refusals as es } from "./es/refusals.ts";
import { refusals as ptBR } from "./pt-BR/refusals.ts";
import { refusals as ja } from "./ja/refusals.ts";
import { refusals as ar } from "./ar/refusals.ts";

/** The texts of refusals, for the server. */
export const REFUSAL_TEXTS: Record<Language, RefusalTexts> = {
  en,
  de,
  fr,
  es,
  "pt-BR": ptBR,
  ja,
  ar,
};
