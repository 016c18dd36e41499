import * as z from "zod/mini";
import { createUserSchema, type CreateUserInput } from "#src/shared/signup-schema.ts";
import { parseFields } from "#src/shared/parse-fields.ts";
import { isGuessable } from "./is-guessable.ts";

export const GUESSABLE = "This password is easy to guess. Make it longer or less common.";

/**
 * Checks the input of `createUser` by the form's own schema.
 * @throws a ZodError with every violation but a guessable password, which takes long to rate
 */
export const parseSignup: (raw: unknown) => CreateUserInput = parseFields(createUserSchema);

/**
 * Adds the guessable password to what else is wrong with a sign-up, so that a person learns all at
 * once. Takes some two milliseconds.
 * @param raw what `parseSignup` has refused, and why
 */
export function nameAllViolations(raw: unknown, { issues }: z.core.$ZodError): z.core.$ZodError {
  const badPassword = issues.some(({ path }) => path[0] === "password");
  if (badPassword || !isGuessable(raw as CreateUserInput)) return new z.core.$ZodRealError(issues);
  const guessable = { code: "custom", path: ["password"], message: GUESSABLE, input: undefined };
  return new z.core.$ZodRealError([...issues, guessable as z.core.$ZodIssue]);
}
