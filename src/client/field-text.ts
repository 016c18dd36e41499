import { readFieldText } from "#src/texts/read-field-text.ts";
import { loadFieldTexts, textsOfPage } from "./texts.ts";

/** The text for a schema's message; if the texts cannot be loaded, that the page is outdated. */
export async function fieldText(message: string): Promise<string> {
  const texts = await loadFieldTexts().catch(() => null);
  return texts ? readFieldText(texts, message) : textsOfPage().outdated;
}
