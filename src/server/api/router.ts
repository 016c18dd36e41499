import { verifyEmailSchema } from "#src/shared/signup-schema.ts";
import { createUser } from "../users/create-user.ts";
import { parseSignup } from "../users/parse-signup.ts";
import { readSignupCookie, writeSignupCookie } from "../users/signup-cookie.ts";
import { verifyEmail } from "../users/verify-email.ts";
import { procedure, router } from "./init.ts";

/**
 * The whole API, mounted at /api/trpc. Reserved for what is to come: signupStatus,
 * resendVerification, correctEmail, discardSignup.
 */
export const appRouter = router({
  createUser: procedure.input(parseSignup).mutation(async ({ ctx, input }) => {
    const { env, db, jobs, responseHeaders } = ctx;
    const user = await createUser(
      { db, jobs, verificationTtlHours: env.VERIFICATION_TTL_HOURS },
      input,
    );
    const cookie = writeSignupCookie(user.id, {
      secret: env.APP_SECRET,
      maxAge: env.CLAIM_TTL_HOURS * 3600,
      secure: env.APP_URL.startsWith("https:"),
    });
    responseHeaders.append("set-cookie", cookie);
    const { id, username, fullName, email, createdAt } = user;
    return { user: { id, username, fullName, email, createdAt: createdAt.toISOString() } };
  }),

  verifyEmail: procedure.input(verifyEmailSchema).mutation(({ ctx, input }) => {
    const secret = ctx.env.APP_SECRET;
    const signedUpUserId = readSignupCookie(secret, ctx.cookies);
    return verifyEmail({ db: ctx.db, secret, signedUpUserId }, input);
  }),
});

/** The API's type: all that a typed client needs, and all that it may import of the server. */
export type AppRouter = typeof appRouter;
