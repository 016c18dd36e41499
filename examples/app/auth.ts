import { hash, verify } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { username } from "better-auth/plugins/username";
import { z } from "zod";
import { APP_URL, BETTER_AUTH_SECRET } from "./env.ts";
import { pool } from "./pool.ts";

/** Opens a session for someone whom Enlist has handed over. It has no path, so only this server can call it. */
const handedOver = {
  id: "enlist",
  endpoints: {
    openSession: createAuthEndpoint(
      { method: "POST", body: z.object({ userId: z.uuid() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new APIError("NOT_FOUND");
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
      },
    ),
  },
};

/** Better Auth on tables of its own. People sign up at Enlist, and sign in here. */
export const auth = betterAuth({
  baseURL: APP_URL,
  secret: BETTER_AUTH_SECRET,
  database: pool,
  // Enlist's ids are UUIDs, and they are the ids here too.
  advanced: { database: { generateId: "uuid" } },
  emailAndPassword: {
    enabled: true,
    disableSignUp: true,
    maxPasswordLength: 512,
    // As Enlist hashes: Argon2id, after the form that all devices share.
    password: {
      hash: (password) => hash(password.normalize("NFKC")),
      verify: ({ hash: known, password }) => verify(known, password.normalize("NFKC")),
    },
  },
  logger: { level: "error" },
  plugins: [username({ maxUsernameLength: 100, displayUsername: false }), handedOver],
});
