import type { Language } from "#src/shared/languages.ts";
import { fields as en, type FieldTexts } from "./en/fields.ts";
import { fields as de } from "./de/fields.ts";
import { fields as fr } from "./fr/fields.ts";
import { fields as es } from "./es/fields.ts";
import { fields as ptBR } from "./pt-BR/fields.ts";
import { fields as ja } from "./ja/fields.ts";
import { fields as ar } from "./ar/fields.ts";

/** The texts of invalid fields, for the server. Pages load only those of their own language. */
export const FIELD_TEXTS: Record<Language, FieldTexts> = { en, de, fr, es, "pt-BR": ptBR, ja, ar };
