import * as z from "zod/mini";
import { createUserSchema, type CreateUserInput } from "#src/shared/signup-schema.ts";
import { isGuessable } from "./is-guessable.ts";

/**
 * Checks the input of `createUser`: by the form's own schema, and that the password is not
 * guessable. That is looked at even where other fields are wrong, so that a person learns all
 * errors at once.
 * @throws a ZodError with every violation
 */
export function parseSignup(raw: unknown): CreateUserInput {
  // Whatever is no object lacks every field, and is told so.
  const { data, error } = z.safeParse(createUserSchema, isObject(raw) ? raw : {});
  const issues = [...(error?.issues ?? [])];
  const badPassword = issues.some(({ path }) => path[0] === "password");
  if (!badPassword && isGuessableFor(raw as CreateUserInput)) {
    issues.push({
      code: "custom",
      path: ["password"],
      message: "This password is easy to guess. Make it longer, or less usual.",
      input: undefined,
    });
  }
  if (!data || issues.length > 0) throw new z.core.$ZodRealError(issues);
  return data;
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** The fields beside the password may still be anything. */
function isGuessableFor({ password, username, fullName, email }: CreateUserInput): boolean {
  const known = [username, fullName, email].filter((value) => typeof value === "string");
  return isGuessable(
    password.normalize("NFKC"),
    known.map((value) => value.slice(0, 254)),
  );
}
