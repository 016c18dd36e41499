import { LANGUAGE_TAGS, type Language } from "./languages.ts";

/**
 * The language with texts that is closest to one of these tags: the same tag, or the same primary
 * language, as "pt-BR" for "pt-PT" (RFC 4647, section 3.4, with both sides shortened).
 * @param tags BCP 47 tags, the best first; others than those are skipped
 */
export function closestLanguage(tags: readonly string[]): Language | undefined {
  for (const tag of tags) {
    const wanted = tag.toLowerCase();
    const found =
      LANGUAGE_TAGS.find((language) => language.toLowerCase() === wanted) ??
      LANGUAGE_TAGS.find((language) => primaryOf(language) === primaryOf(wanted));
    if (found) return found;
  }
  return undefined;
}

function primaryOf(tag: string): string {
  return tag.split("-", 1)[0]!;
}
