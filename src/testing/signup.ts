import { randomUUID } from "node:crypto";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";

/** A sign-up that nobody else in the tests has made, with what the test cares about set by it. */
export function aSignup(overrides: Partial<CreateUserInput> = {}): CreateUserInput {
  const username = `user_${randomUUID().replaceAll("-", "")}`;
  return {
    requestId: randomUUID(),
    username,
    fullName: "Ada Lovelace",
    email: `${username}@example.com`,
    password: "vexed-otter-lantern-42",
    ...overrides,
  };
}
