import { closestLanguage } from "#src/shared/closest-language.ts";
import type { Language } from "#src/shared/languages.ts";
import {
  readSignupCookie,
  requireSignup,
  writeSignupCookie,
  type SignupCookie,
} from "#src/signup/signup-cookie.ts";
import type { Context } from "./context.ts";

// What the procedures hand on of a call's context.

/** The language that we have and that is closest to the given one. */
export function offered(given: string | undefined): Language | undefined {
  return given === undefined ? undefined : closestLanguage([given]);
}

/** The id of the user who signed up in this browser. @throws {Refusal} UNAUTHORIZED */
export function signedUpUserId(ctx: Context): string {
  return requireSignup(signupCookie(ctx), ctx.cookies);
}

/** Lets this browser act for a sign-up. @param maxAge seconds */
export function setSignupCookie(ctx: Context, userId: string, maxAge: number): void {
  ctx.responseHeaders.append("set-cookie", writeSignupCookie(signupCookie(ctx), userId, maxAge));
}

function signupCookie({ env }: Context): SignupCookie {
  return { secrets: env.APP_SECRET, secure: env.APP_URL.startsWith("https:") };
}

/** Dependencies for reading links and codes, and knowing whose they are. */
export function verifyDeps(ctx: Context) {
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
export function invitationDeps({ db, env }: Context) {
  return { db, secrets: env.APP_SECRET, admission: env.SIGNUPS };
}

/** Dependencies for enqueueing a mail. */
export function mailDeps({ db, jobs, env, limits, clientAddress, assertMailable }: Context) {
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
