import type { Language } from "./languages.ts";

/** Creates what depends on the language once for each, when it is first needed. */
export function perLanguage<Made>(
  create: (language: Language) => Made,
): (language: Language) => Made {
  const made = new Map<Language, Made>();
  return (language) => {
    if (!made.has(language)) made.set(language, create(language));
    return made.get(language)!;
  };
}
