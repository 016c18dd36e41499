import { brand } from "#src/platform/brand.ts";
import { FORMS_BY_NAME } from "#src/shared/form-settings.ts";
import { dirOf, type Language } from "#src/shared/languages.ts";
import { localize, writtenIn } from "#src/shared/localize.ts";
import type { AskedFields } from "../[language]/signup/asked-fields.ts";

/** The names of all forms that this brand can have. Each is rendered at build time. */
export function namesOfForms(): { form: string }[] {
  const canAccept = brand.terms !== undefined && brand.termsVersion !== undefined;
  return [...FORMS_BY_NAME]
    .filter(([, { terms }]) => terms === "link" || canAccept)
    .map(([form]) => ({ form }));
}

/** What the form of this name asks for. */
export function readForm(name: string, language: Language): AskedFields {
  const form = FORMS_BY_NAME.get(name);
  if (!form) throw new Error(`There is no form ${name}`);
  const { terms, termsVersion, privacy, extraField } = brand;
  const asked: AskedFields = { form };
  if (form.terms === "accept" && terms !== undefined && termsVersion !== undefined) {
    asked.terms = { version: termsVersion, href: localize(language, terms) };
    if (privacy !== undefined) asked.terms.privacyHref = localize(language, privacy);
  }
  if (extraField) {
    const { name: key, label, hint, autoComplete } = extraField;
    const lang = writtenIn(language, label);
    asked.extra = {
      name: key,
      input: `extra-${key}`,
      written: { lang, dir: dirOf(lang) },
      label: localize(language, label),
      ...(hint === undefined ? {} : { hint: localize(language, hint) }),
      ...(autoComplete === undefined ? {} : { autoComplete }),
    };
  }
  return asked;
}
