import * as z from "zod/mini";
import { createUserSchema, type CreateUserInput } from "#src/shared/signup-schema.ts";
import { parseFields } from "#src/shared/parse-fields.ts";
import type { Reason } from "#src/platform/refusals.ts";
import { isGuessable } from "./is-guessable.ts";

/**
 * Validates the input of `createUser` with the form's schema.
 * @throws a ZodError with every violation except a guessable password, which is slow to rate
 */
export const parseSignup = parseFields(createUserSchema);

/**
 * Adds a guessable password to the violations, so that the person learns everything at once. Takes
 * about two milliseconds.
 * @param raw the input that `parseSignup` refused, with its error
 */
export function nameAllViolations(raw: unknown, { issues }: z.core.$ZodError): z.core.$ZodError {
  const badPassword = issues.some(({ path }) => path[0] === "password");
  if (badPassword || !isGuessable(raw as CreateUserInput)) return new z.core.$ZodRealError(issues);
  const guessable = {
    code: "custom",
    path: ["password"],
    message: "password_guessable" satisfies Reason,
    input: undefined,
  };
  return new z.core.$ZodRealError([...issues, guessable as z.core.$ZodIssue]);
}
