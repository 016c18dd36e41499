import type { Language } from "#src/shared/languages.ts";
import { perLanguage } from "#src/shared/per-language.ts";

type Unit = "second" | "minute" | "hour" | "day";

/** How a language writes counts and durations. */
export interface Formats {
  /** The form for a count by CLDR's plural rules; `#` in it becomes the number. */
  plural: (count: number, forms: PluralForms) => string;
  /** "5 minutes", as part of a sentence. Durations of 90 seconds and more are in minutes. */
  duration: (seconds: number) => string;
  /** The same in few letters, for a countdown. */
  shortly: (seconds: number) => string;
  /** "24 hours"; three days or more are in days, if they are whole. */
  hours: (count: number) => string;
}

/** `other` is always needed; Intl.PluralRules lists what else a language has. */
type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The formats of a language (https://cldr.unicode.org/index/cldr-spec/plural-rules). */
export const formatsOf = perLanguage(createFormats);

function createFormats(language: Language): Formats {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const unitFormat = (unit: Unit, unitDisplay: "long" | "short") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay });
  const lasting = (display: "long" | "short") => {
    const [inSeconds, inMinutes] = [unitFormat("second", display), unitFormat("minute", display)];
    return (seconds: number) =>
      seconds < 90 ? inSeconds.format(seconds) : inMinutes.format(Math.ceil(seconds / 60));
  };
  const [inHours, inDays] = [unitFormat("hour", "long"), unitFormat("day", "long")];
  return {
    plural: (count, forms) =>
      (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count)),
    duration: lasting("long"),
    shortly: lasting("short"),
    hours: (count) =>
      count >= 72 && count % 24 === 0 ? inDays.format(count / 24) : inHours.format(count),
  };
}
