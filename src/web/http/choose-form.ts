import { formOf } from "#src/platform/form-of.ts";
import type { WebEnv } from "#src/platform/env.ts";
import type { Guard } from "#src/platform/http/guard.ts";
import { nameOfForm } from "#src/shared/form-settings.ts";

type FormEnv = Pick<WebEnv, "SIGNUPS" | "USERNAMES" | "FULL_NAMES" | "TERMS">;

/** A mail program may have encoded what follows the name. */
const INVITATION = /[?&;]invitation(=|%3D|&|$)/i;

/**
 * Has Next answer the sign-up page with the form of this installation, or with why nobody can sign
 * up. Comes after the language was chosen, which is the first folder of the path.
 */
export function chooseForm(env: FormEnv): Guard {
  const form = nameOfForm(formOf(env));
  const pageFor = (query: string) => {
    if (env.SIGNUPS === "closed") return "closed/closed";
    if (INVITATION.test(query)) return `invited/${form}`;
    return env.SIGNUPS === "invited" ? "closed/invited" : `form/${form}`;
  };
  return (request, _, pass) => {
    const [, path, query = ""] = /^(\/[^/]+\/signup)(\?.*)?$/s.exec(request.url ?? "") ?? [];
    if (path) request.url = `${path}/${pageFor(query)}${query}`;
    pass();
  };
}
