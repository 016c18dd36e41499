import type { FormSettings } from "#src/shared/form-settings.ts";

/** What a form asks for, with what the brand's file has for it, in one language. */
export interface AskedFields {
  form: FormSettings;
  terms?: { version: string; href: string; privacyHref?: string };
  extra?: { name: string; label: string; hint?: string; autoComplete?: string };
}
