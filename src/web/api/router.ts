import { TRPCError } from "@trpc/server";
import * as z from "zod/mini";
import {
  correctEmailSchema,
  handOffSchema,
  invitationSchema,
  linkSchema,
  resendVerificationSchema,
  usernameAvailableSchema,
  verifyEmailSchema,
  type CreateUserInput,
} from "#src/shared/signup-schema.ts";
import { closestLanguage } from "#src/shared/closest-language.ts";
import type { Language } from "#src/shared/languages.ts";
import { count } from "#src/platform/metrics/measure.ts";
import { Refusal } from "#src/platform/refusal.ts";
import { createUser } from "#src/signup/create-user.ts";
import { discardSignup } from "#src/signup/discard-signup.ts";
import { inspectInvitation } from "#src/signup/invitation/inspect-invitation.ts";
import { nameAllViolations } from "#src/signup/parse-signup.ts";
import { resendVerification } from "#src/signup/resend-verification.ts";
import {
  readSignupCookie,
  requireSignup,
  writeSignupCookie,
  type SignupCookie,
} from "#src/signup/signup-cookie.ts";
import { inspectLink } from "#src/signup/inspect-link.ts";
import { isUsernameAvailable } from "#src/signup/is-username-available.ts";
import { FRESH_MINUTES, handOff } from "#src/signup/return/hand-off.ts";
import { resentSignup } from "#src/signup/resent-signup.ts";
import { signupFailure } from "#src/signup/signup-failure.ts";
import type { User } from "#src/signup/user.ts";
import { findClaimant } from "#src/signup/verification.ts";
import { verifyCode } from "#src/signup/verify-code.ts";
import { verifyEmail } from "#src/signup/verify-email.ts";
import type { Context } from "./context.ts";
import { openStream, procedure, router } from "./init.ts";
import { parseFields } from "#src/shared/parse-fields.ts";

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

const parsedSignup = checkedSignup
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

/** The whole API, mounted at /api/trpc. */
export const appRouter = router({
  createUser: parsedSignup.mutation(async ({ ctx }) => {
    const { id, username, fullName, email, emailVerifiedAt, createdAt } = await ctx.signUp();
    setSignupCookie(ctx, id, ctx.env.CLAIM_TTL_HOURS * 3600);
    const times = {
      emailVerifiedAt: emailVerifiedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    };
    return { user: { id, username, fullName, email, ...times } };
  }),

  usernameAvailable: procedure
    .input(parseFields(usernameAvailableSchema))
    .query(async ({ ctx, input }) => {
      if (ctx.env.USERNAMES === "off") throw new Refusal("usernames_off");
      await ctx.limits.usernameChecks.count(ctx.clientAddress);
      return { available: await isUsernameAvailable(ctx, input.username) };
    }),

  signupStatus: procedure.subscription(({ ctx, signal = ctx.closing, path }) => {
    // Node 20 keeps memory of each `AbortSignal.any` for as long as its longest-lived signal.
    const isOver = () => signal.aborted || ctx.closing.aborted;
    const stream = ctx.statuses.watch(signedUpUserId(ctx), isOver);
    return openStream(stream, ctx.log, path);
  }),

  resendVerification: procedure.input(resendVerificationSchema).mutation(async ({ ctx, input }) => {
    const userId = input?.token
      ? await findClaimant(verifyDeps(ctx), input.token)
      : signedUpUserId(ctx);
    return resendVerification(mailDeps(ctx), { userId, language: offered(input?.language) });
  }),

  correctEmail: procedure.input(parseFields(correctEmailSchema)).mutation(({ ctx, input }) => {
    return resendVerification(mailDeps(ctx), {
      userId: signedUpUserId(ctx),
      email: input.email,
      language: offered(input.language),
    });
  }),

  inspectInvitation: procedure
    .input(parseFields(invitationSchema))
    .mutation(({ ctx, input: { token } }) => inspectInvitation(invitationDeps(ctx), token)),

  inspectLink: procedure.input(parseFields(linkSchema)).mutation(({ ctx, input: { token } }) => {
    return inspectLink(verifyDeps(ctx), token);
  }),

  verifyEmail: procedure.input(parseFields(verifyEmailSchema)).mutation(async ({ ctx, input }) => {
    const { token = "", password, code } = input;
    if (code !== undefined) return verifyCode(verifyDeps(ctx), code);
    const { provenUserId, ...result } = await verifyEmail(verifyDeps(ctx), { token, password });
    // From here on this browser is known to be the person's, for as long as codes are given.
    if (provenUserId) setSignupCookie(ctx, provenUserId, FRESH_MINUTES * 60);
    return result;
  }),

  handOff: procedure.input(parseFields(handOffSchema)).mutation(({ ctx, input: { token } }) => {
    return handOff({ ...verifyDeps(ctx), hasCodes: Boolean(ctx.env.HANDOFF_SECRET) }, { token });
  }),

  discardSignup: procedure.input(parseFields(linkSchema)).mutation(({ ctx, input: { token } }) => {
    return discardSignup(verifyDeps(ctx), token);
  }),
});

/** The language that we have and that is closest to the given one. */
function offered(given: string | undefined): Language | undefined {
  return given === undefined ? undefined : closestLanguage([given]);
}

/** The id of the user who signed up in this browser. @throws {Refusal} UNAUTHORIZED */
function signedUpUserId(ctx: Context): string {
  return requireSignup(signupCookie(ctx), ctx.cookies);
}

/** Lets this browser act for a sign-up. @param maxAge seconds */
function setSignupCookie(ctx: Context, userId: string, maxAge: number): void {
  ctx.responseHeaders.append("set-cookie", writeSignupCookie(signupCookie(ctx), userId, maxAge));
}

function signupCookie({ env }: Context): SignupCookie {
  return { secrets: env.APP_SECRET, secure: env.APP_URL.startsWith("https:") };
}

/** Dependencies for reading links and codes, and knowing whose they are. */
function verifyDeps(ctx: Context) {
  const { db, announce, env, limits, returns } = ctx;
  return {
    db,
    announce,
    limits,
    returns,
    secrets: env.APP_SECRET,
    signedUpUserId: readSignupCookie(signupCookie(ctx), ctx.cookies),
  };
}

/** Dependencies for knowing who may sign up. */
function invitationDeps({ db, env }: Context) {
  return { db, secrets: env.APP_SECRET, admission: env.SIGNUPS };
}

/** Dependencies for enqueueing a mail. */
function mailDeps({ db, jobs, env, limits, clientAddress, assertMailable }: Context) {
  return {
    db,
    jobs,
    limits,
    assertMailable,
    client: clientAddress,
    verificationTtlHours: env.VERIFICATION_TTL_HOURS,
    claimTtlHours: env.CLAIM_TTL_HOURS,
  };
}

/** The type of the API, and the only server code that typed clients may import. */
export type AppRouter = typeof appRouter;
