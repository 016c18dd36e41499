import { randomUUID } from "node:crypto";
import type { FormSettings } from "#src/shared/form-settings.ts";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";

/** What the form asks for unless the operator chooses otherwise. */
export const USUAL_FORM: FormSettings = { usernames: "on", fullNames: "required", terms: "link" };

/** The same as the settings of an installation. */
export const USUAL_ENV = { USERNAMES: "on", FULL_NAMES: "required", TERMS: "link" } as const;

/** What a person types into that form. */
export interface Person {
  username: string;
  fullName: string;
  email: string;
  password: string;
}

/** What a page with that form sends. */
export type Signup = Person & Omit<CreateUserInput, keyof Person | "extra">;

/** A person whom nobody else in the tests knows, with what the test cares about set by it. */
export function aPerson(overrides: Partial<Person> = {}): Person {
  const username = `ada_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  return {
    username,
    fullName: "Ada Lovelace",
    email: `${username}@example.com`,
    password: "vexed-otter-lantern-42",
    ...overrides,
  };
}

/** What the page sends for such a person. */
export function aSignup(overrides: Partial<Signup> = {}): Signup {
  return { requestId: randomUUID(), ...aPerson(overrides), ...overrides };
}
