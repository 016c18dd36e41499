import * as z from "zod/mini";
import { createUserSchemaOf, type CreateUserInput } from "#src/shared/signup-schema.ts";
import type { FormSettings } from "#src/shared/form-settings.ts";
import { parseFields } from "#src/shared/parse-fields.ts";
import type { Reason } from "#src/platform/refusals.ts";
import { isGuessable } from "./is-guessable.ts";

/**
 * Creates the parser of `createUser`, with the form's schema. Its error has every violation except a
 * guessable password, which is slow to rate.
 */
export function createParseSignup(form: FormSettings): (raw: unknown) => CreateUserInput {
  return parseFields(createUserSchemaOf(form));
}

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
