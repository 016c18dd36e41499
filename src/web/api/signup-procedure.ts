import { TRPCError } from "@trpc/server";
import * as z from "zod/mini";
import type { CreateUserInput } from "#src/shared/signup-schema.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { createUser } from "#src/signup/create-user.ts";
import { nameAllViolations } from "#src/signup/parse-signup.ts";
import { resentSignup } from "#src/signup/resent-signup.ts";
import { signupFailure } from "#src/signup/signup-failure.ts";
import type { User } from "#src/signup/user.ts";
import type { Context } from "./context.ts";
import { invitationDeps, mailDeps, offered } from "./dependencies.ts";
import { procedure } from "./init.ts";

/**
 * Counts failed sign-ups. A successful one counts itself, because it knows whether it is a repeat.
 */
const signup = procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) count("enlist_signups_total", signupFailure(result.error));
  return result;
});

/** Reporting all violations means rating the password, so a limit is checked first. */
const checkedSignup = signup.use(async ({ ctx, next, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const { code, cause } = result.error;
  if (code !== "BAD_REQUEST" || !(cause instanceof z.core.$ZodError)) return result;
  await ctx.limits.wrongSignups.count(ctx.clientAddress);
  throw new TRPCError({ code, cause: nameAllViolations(await getRawInput(), cause) });
});

/** Checked by what this installation asks for, which the router does not know. */
const signupInput = (raw: unknown) => (raw ?? {}) as CreateUserInput;

/** A procedure whose context has `signUp`, which does it. */
export const signupProcedure = checkedSignup
  .input(signupInput)
  .use(async ({ ctx, input, next }) => next({ ctx: { signUp: await parse(ctx, input) } }));

/** Returns what signs the person up, or gives the result of an attempt with an earlier form. */
async function parse(ctx: Context, raw: CreateUserInput): Promise<() => Promise<User>> {
  const { reserved, returns, announce } = ctx;
  const deps = { ...mailDeps(ctx), ...invitationDeps(ctx), reserved, returns, announce };
  try {
    const input = ctx.parseSignup(raw);
    const language = offered(input.language) ?? ctx.language;
    return () => createUser(deps, { ...input, language });
  } catch (cause) {
    if (!(cause instanceof z.core.$ZodError)) throw cause;
    const earlier = await resentSignup(ctx, raw, cause);
    if (earlier) return async () => earlier;
    throw new TRPCError({ code: "BAD_REQUEST", cause });
  }
}
