import type { Language } from "#src/shared/languages.ts";

type Unit = "second" | "minute" | "hour";

/** How a language writes counts and durations. */
export interface Formats {
  /** The form for a count by CLDR's plural rules; `#` in it becomes the number. */
  plural: (count: number, forms: PluralForms) => string;
  /** "5 minutes", as part of a sentence. Durations of 90 seconds and more are in minutes. */
  duration: (seconds: number) => string;
  /** The same in few letters, for a countdown. */
  shortly: (seconds: number) => string;
  hours: (count: number) => string;
}

/** `other` is always needed; Intl.PluralRules lists what else a language has. */
type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Creates the formats of a language (https://cldr.unicode.org/index/cldr-spec/plural-rules). */
export function formatsOf(language: Language): Formats {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const format = (count: number, unit: Unit, unitDisplay: "long" | "short") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay }).format(count);
  const last = (seconds: number, display: "long" | "short") =>
    seconds < 90
      ? format(seconds, "second", display)
      : format(Math.ceil(seconds / 60), "minute", display);
  return {
    plural: (count, forms) =>
      (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count)),
    duration: (seconds) => last(seconds, "long"),
    shortly: (seconds) => last(seconds, "short"),
    hours: (count) => format(count, "hour", "long"),
  };
}
