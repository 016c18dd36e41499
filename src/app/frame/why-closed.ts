import { brand } from "#src/platform/brand.ts";
import type { Language } from "#src/shared/languages.ts";
import { localize, writtenIn } from "#src/shared/localize.ts";
import type { Words } from "./words.ts";

/** What stands in place of the form if nobody can sign up, or nobody without an invitation. */
export function whyClosed(
  { texts, language }: Words,
  why: string,
): { title: string; text: string; lang?: Language } {
  if (why === "invited") return texts.invitationOnly;
  const { title, text } = texts.closed;
  const own = brand.whyClosed;
  if (own === undefined) return { title, text };
  return { title, text: localize(language, own), lang: writtenIn(language, own) };
}
