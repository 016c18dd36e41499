import * as z from "zod/mini";
import { createUserSchema } from "#src/shared/signup-schema.ts";
import { isGuessable } from "./is-guessable.ts";

/**
 * What `createUser` accepts: the form's own schema, and that the password is not guessable. That
 * rule runs even where other fields are wrong, so that all errors are shown at once.
 */
export const signupInput = createUserSchema.check(
  z.refine(
    ({ password, ...who }) =>
      !isGuessable(
        password,
        [who.username, who.fullName, who.email].filter((known) => typeof known === "string"),
      ),
    {
      path: ["password"],
      error: "This password is easy to guess. Make it longer, or less usual.",
      when: ({ value, issues }) =>
        typeof (value as { password?: unknown } | null)?.password === "string" &&
        !issues.some((issue) => issue.path?.[0] === "password"),
    },
  ),
);
