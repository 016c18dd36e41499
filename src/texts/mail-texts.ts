import type { Language } from "#src/shared/languages.ts";
import { mails as en, type MailTexts } from "./en/mails.tsx";
import { mails as de } from "./de/mails.tsx";
import { mails as fr } from "./fr/mails.tsx";
import { mails as es } from "./es/mails.tsx";
import { mails as ptBR } from "./pt-BR/mails.tsx";
import { mails as ja } from "./ja/mails.tsx";
import { mails as ar } from "./ar/mails.tsx";

/** The texts of the mails. */
export const MAIL_TEXTS: Record<Language, MailTexts> = { en, de, fr, es, "pt-BR": ptBR, ja, ar };
