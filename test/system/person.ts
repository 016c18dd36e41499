import { randomUUID } from "node:crypto";
import type { CreateUserInput, SignupField } from "#src/shared/signup-schema.ts";

/** What a person types into the form. */
export type Person = Pick<CreateUserInput, SignupField>;

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
export function aSignup(overrides: Partial<CreateUserInput> = {}): CreateUserInput {
  return { requestId: randomUUID(), ...aPerson(overrides), ...overrides };
}
