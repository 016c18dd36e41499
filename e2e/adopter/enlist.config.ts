import * as z from "zod/mini";
import type { BrandConfig } from "#src/shared/brand-config.ts";

/** The brand of an adopter who uses every setting. adopter.slow.test.ts builds with it. */
export default {
  name: "Börk & Söhne",
  logo: { light: "src/brand/logo.svg", dark: "src/brand/logo-dark.svg" },
  colours: { light: "#5b21b6", dark: "#c4b5fd" },
  support: "help@boerk.example",
  terms: { en: "https://boerk.example/terms", de: "https://boerk.example/agb" },
  termsVersion: "2026-11-01",
  privacy: "https://boerk.example/privacy",
  whyClosed: { en: "We open again in May.", de: "Wir öffnen im Mai wieder." },
  extraField: {
    name: "company",
    label: { en: "Company", de: "Firma" },
    hint: { en: "As it is registered.", de: "Wie im Handelsregister." },
    error: { en: "A company has 2 to 80 characters.", de: "Eine Firma hat 2 bis 80 Zeichen." },
    // What is kept need not be a text.
    schema: z.pipe(
      z.string().check(z.minLength(2), z.maxLength(80)),
      z.transform((name) => ({ name })),
    ),
    autoComplete: "organization",
  },
  sender: "Börk & Söhne <hello@boerk.example>",
  defaultLanguage: "de",
} satisfies BrandConfig;
