import type { FormSettings } from "#src/shared/form-settings.ts";

/** What a form asks for, with what the brand's file has for it, in one language. */
export interface AskedFields {
  form: FormSettings;
  terms?: { version: string; href: string; privacyHref?: string };
  extra?: {
    name: string;
    /** The name of its input, which must not be one that a form itself has, such as `reset`. */
    input: string;
    label: string;
    hint?: string;
    autoComplete?: string;
    /** What label and hint are written in, which may not be the page's language. */
    written: { lang: string; dir: "ltr" | "rtl" };
  };
}
