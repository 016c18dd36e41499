import type { Language } from "./languages.ts";

/** A URL, the same for all languages or one for each; the default language's serves for the rest. */
export type Addresses = string | Partial<Record<Language, string>>;

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
  terms?: Addresses;
  privacy?: Addresses;
  /** Who sends the mails, such as "Acme <hello@acme.example>"; MAIL_FROM overrides it. */
  sender?: string;
  /** For people whose browser asks for none of the languages; English by default. */
  defaultLanguage?: Language;
}
