import type { core } from "zod/mini";
import type { Language } from "./languages.ts";

/**
 * A text or a URL, the same for all languages or one for each; the default language's serves for
 * the rest.
 */
export type Localized = string | Partial<Record<Language, string>>;

/** A field of the adopter's own in the form, kept with the user and told to the application. */
export interface ExtraField {
  /** Its key in `extra` of the API, of events and of exports, such as "company". */
  name: string;
  label: Localized;
  /** Describes a good value. */
  hint?: Localized;
  /** What is said if the schema refuses the value. */
  error?: Localized;
  /**
   * A schema of zod, best of zod/mini, because the page loads it. It gets what was typed, trimmed, or
   * undefined if that is nothing. Its output is kept as JSON.
   */
  schema: core.$ZodType;
  /** What browsers fill in, such as "organization". */
  autoComplete?: string;
}

/** What enlist.config.ts may hold. All of it is checked by src/platform/brand.ts. */
export interface BrandConfig {
  /** The service's name, as people read it. */
  name: string;
  /** Files, from the folder of package.json: SVG, PNG or WebP, of at most 50 kB each. */
  logo?: { light: string; dark?: string };
  /** Whether the logo shows the name, so that it need not stand beside it. */
  logoHasName?: boolean;
  /** The icon of the browser's tab: SVG or PNG; by default the logo for light pages. */
  icon?: string;
  /** The accent of links and buttons on light and on dark pages, as #rrggbb. */
  colours?: { light: string; dark: string };
  /** Where people get help: a URL, or a mail address. */
  support?: string;
  terms?: Localized;
  /** The version of the terms, such as their date; kept with each sign-up if TERMS=accept. */
  termsVersion?: string;
  privacy?: Localized;
  /** Why nobody can sign up, and perhaps until when; shown if SIGNUPS=closed. */
  whyClosed?: Localized;
  extraField?: ExtraField;
  /** Who sends the mails, such as "Acme <hello@acme.example>"; MAIL_FROM overrides it. */
  sender?: string;
  /** For people whose browser asks for none of the languages; English by default. */
  defaultLanguage?: Language;
}
