import { dictionary as ar } from "@zxcvbn-ts/language-ar";
import { dictionary as de } from "@zxcvbn-ts/language-de";
import { dictionary as en } from "@zxcvbn-ts/language-en";
import { dictionary as es } from "@zxcvbn-ts/language-es-es";
import { dictionary as fr } from "@zxcvbn-ts/language-fr";
import { dictionary as ja } from "@zxcvbn-ts/language-ja";
import { dictionary as ptBR } from "@zxcvbn-ts/language-pt-br";
import type { Language } from "#src/shared/languages.ts";
import { dictionariesOf, type Dictionary } from "#src/shared/dictionaries-of.ts";

export const DICTIONARIES: Record<Language, Dictionary> = { en, de, fr, es, "pt-BR": ptBR, ja, ar };

/** The words of every language, whatever a person's is. */
export const ALL_WORDS = dictionariesOf(DICTIONARIES);
