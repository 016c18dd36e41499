import config from "#config";
import type { FieldTexts } from "#src/texts/en/fields.ts";
import type { BrandConfig } from "./brand-config.ts";
import type { Language } from "./languages.ts";
import { localize } from "./localize.ts";

const REFUSED: keyof FieldTexts = "extra_invalid";

const { extraField }: BrandConfig = config;

/** The adopter's own text for a schema's message, if it is about their field and they have one. */
export function extraError(language: Language, message: string): string | undefined {
  const error = message === REFUSED ? extraField?.error : undefined;
  return error === undefined ? undefined : localize(language, error);
}
