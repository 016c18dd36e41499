import * as z from "zod/mini";

// Strict, so that tests see an answer that has more than is described. They are not the router's
// `.output()`: an answer that broke one would become a 500 after its commit. A type test compares.

const milliseconds = z.int().check(z.minimum(0));
const attempt = z.optional(z.int().check(z.minimum(1)));

const continueTo = z.optional(z.strictObject({ url: z.string(), name: z.string() }));

/** Null without usernames. */
const username = z.nullable(z.string());

const user = z.strictObject({
  id: z.uuid(),
  username,
  fullName: z.nullable(z.string()),
  email: z.string(),
  emailVerifiedAt: z.nullable(z.iso.datetime()),
  createdAt: z.iso.datetime(),
});

const signupStatus = z.strictObject({
  stage: z.enum(["queued", "unavailable", "sending", "retrying", "sent", "refused", "verified"]),
  at: z.iso.datetime(),
  attempt,
  attempts: attempt,
  nextInMs: z.optional(milliseconds),
  username,
  email: z.string(),
  resendInMs: milliseconds,
  continueTo,
});

const mailed = z.strictObject({ email: z.string() });

const linkInspection = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("open"),
    needsPassword: z.boolean(),
    username,
    email: z.string(),
  }),
  z.strictObject({ status: z.literal("already-verified"), continueTo }),
]);

/** What each procedure answers: the `data` of its result, or of the events of a subscription. */
export const OUTPUTS = {
  createUser: z.strictObject({ user }),
  usernameAvailable: z.strictObject({ available: z.boolean() }),
  signupStatus,
  resendVerification: mailed,
  correctEmail: mailed,
  inspectInvitation: mailed,
  inspectLink: linkInspection,
  verifyEmail: z.strictObject({ status: z.enum(["verified", "already-verified"]), continueTo }),
  handOff: z.strictObject({ url: z.string() }),
  discardSignup: z.strictObject({ status: z.literal("discarded") }),
};
