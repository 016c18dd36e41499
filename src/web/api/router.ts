import {
  correctEmailSchema,
  handOffSchema,
  invitationSchema,
  linkSchema,
  resendVerificationSchema,
  usernameAvailableSchema,
  verifyEmailSchema,
} from "#src/shared/signup-schema.ts";
import { parseFields } from "#src/shared/parse-fields.ts";
import { Refusal } from "#src/platform/refusal.ts";
import { discardSignup } from "#src/signup/discard-signup.ts";
import { inspectInvitation } from "#src/signup/invitation/inspect-invitation.ts";
import { inspectLink } from "#src/signup/inspect-link.ts";
import { isUsernameAvailable } from "#src/signup/is-username-available.ts";
import { resendVerification } from "#src/signup/resend-verification.ts";
import { FRESH_MINUTES, handOff } from "#src/signup/return/hand-off.ts";
import { findClaimant } from "#src/signup/verification.ts";
import { verifyCode } from "#src/signup/verify-code.ts";
import { verifyEmail } from "#src/signup/verify-email.ts";
import {
  invitationDeps,
  mailDeps,
  offered,
  setSignupCookie,
  signedUpUserId,
  verifyDeps,
} from "./dependencies.ts";
import { openStream, procedure, router } from "./init.ts";
import { signupProcedure } from "./signup-procedure.ts";

/** The whole API, mounted at /api/trpc. */
export const appRouter = router({
  createUser: signupProcedure.mutation(async ({ ctx }) => {
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

/** The type of the API, and the only server code that typed clients may import. */
export type AppRouter = typeof appRouter;
