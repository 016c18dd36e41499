import { brand } from "#src/platform/brand.ts";
import { localize } from "#src/shared/localize.ts";
import type { Words } from "./words.ts";

/** What stands in place of the form if nobody can sign up, or nobody without an invitation. */
export function whyClosed(
  { texts, language }: Words,
  why: string,
): { title: string; text: string } {
  if (why === "invited") return texts.invitationOnly;
  const { title, text } = texts.closed;
  const own = brand.whyClosed;
  return { title, text: own === undefined ? text : localize(language, own) };
}
