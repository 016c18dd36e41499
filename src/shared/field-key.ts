import type { FieldTexts } from "#src/texts/en/fields.ts";

/** A schema's message: the key of its text in src/texts, perhaps with what the text must name. */
export function fieldKey(name: keyof FieldTexts, detail?: string): string {
  return detail === undefined ? name : `${name}:${detail}`;
}
