import * as z from "zod/mini";
import { createUserSchema, type CreateUserInput } from "#src/shared/signup-schema.ts";
import { isGuessable } from "./is-guessable.ts";

export const GUESSABLE = "This password is easy to guess. Make it longer, or less usual.";

/**
 * Checks the input of `createUser` by the form's own schema. Where it is wrong, a guessable
 * password is named as well, so that a person learns all errors at once; where it is right, that
 * is left to `createUser`, as rating a password takes a millisecond or two.
 * @throws a ZodError with every violation
 */
export function parseSignup(raw: unknown): CreateUserInput {
  // Whatever is no object lacks every field, and is told so.
  const { data, error } = z.safeParse(createUserSchema, isObject(raw) ? raw : {});
  if (data) return data;
  const issues = [...error.issues];
  const badPassword = issues.some(({ path }) => path[0] === "password");
  if (!badPassword && isGuessable(raw as CreateUserInput)) {
    issues.push({ code: "custom", path: ["password"], message: GUESSABLE, input: undefined });
  }
  throw new z.core.$ZodRealError(issues);
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
