import type { FormSettings } from "#src/shared/form-settings.ts";
import type { WebEnv } from "./env.ts";

/** What the sign-up form of this installation asks for. */
export function formOf(env: Pick<WebEnv, "USERNAMES" | "FULL_NAMES" | "TERMS">): FormSettings {
  return { usernames: env.USERNAMES, fullNames: env.FULL_NAMES, terms: env.TERMS };
}
