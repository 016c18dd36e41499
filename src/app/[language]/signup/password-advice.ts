import type { TranslationKeys } from "@zxcvbn-ts/core";
import type { Strength } from "#src/shared/rate-text.ts";
import type { PasswordAdviceTexts } from "#src/texts/en/password-advice.ts";

/** Suggestions that say more than the warning does. */
const TRICKS = new Set(["l33t", "reverseWords", "allUppercase", "capitalization"]);

/** The meter's text: the verdict, what is wrong, and what would help. */
export function adviseOn(
  { score, feedback: { warning, suggestions } }: Strength,
  texts: PasswordAdviceTexts,
): string {
  const { weak, fair, good, strong, separator } = texts;
  // Every key of zxcvbn has its text.
  const warnings: Record<keyof TranslationKeys["warnings"], string> = texts.warnings;
  const helps: Record<keyof TranslationKeys["suggestions"], string> = texts.suggestions;
  const trick = suggestions.findLast((key) => TRICKS.has(key));
  const help = [trick, suggestions[0]].map((key) => helps[key as keyof typeof helps]);
  return [
    [weak, weak, fair, good, strong][score],
    warning && warnings[warning as keyof typeof warnings],
    ...new Set(help),
  ]
    .filter(Boolean)
    .join(separator);
}
