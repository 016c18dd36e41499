/** What the sign-up form asks for besides address and password. The operator chooses. */
export interface FormSettings {
  usernames: "on" | "off";
  fullNames: "required" | "optional" | "off";
  /** Whether people must accept the terms, or only find a link to them. */
  terms: "link" | "accept";
}

/** Every form that there can be. */
const FORMS: FormSettings[] = (["on", "off"] as const).flatMap((usernames) =>
  (["required", "optional", "off"] as const).flatMap((fullNames) =>
    (["link", "accept"] as const).map((terms) => ({ usernames, fullNames, terms })),
  ),
);

/** A form's name in the paths of its pages. */
export function nameOfForm({ usernames, fullNames, terms }: FormSettings): string {
  return [usernames, fullNames, terms].join("-");
}

/** The forms by their names. */
export const FORMS_BY_NAME: ReadonlyMap<string, FormSettings> = new Map(
  FORMS.map((form) => [nameOfForm(form), form]),
);
