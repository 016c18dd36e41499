import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { timingSafeEqual } from "hono/utils/buffer";
import { APP_URL } from "./env.ts";

// The prefix keeps other hosts of the domain from setting it; browsers want https for it.
const COOKIE = APP_URL.startsWith("https:") ? "__Host-signup_state" : "signup_state";
const OPTIONS = { path: "/", secure: COOKIE.startsWith("__Host-"), httpOnly: true } as const;

/** The secret that binds a sign-up to this browser. It stays the same until it is used, so that two tabs share it. */
export function keepState(c: Context): string {
  const kept = getCookie(c, COOKIE);
  const state = kept && /^[\w-]{43}$/.test(kept) ? kept : randomBytes(32).toString("base64url");
  setCookie(c, COOKIE, state, { ...OPTIONS, sameSite: "Lax", maxAge: 7 * 24 * 60 * 60 });
  return state;
}

/** Whether this is the state of a sign-up that began in this browser. */
export async function isOwnState(c: Context, state: string): Promise<boolean> {
  const kept = getCookie(c, COOKIE);
  return Boolean(kept) && timingSafeEqual(kept!, state);
}

/** Ends a sign-up, so that the next one has another state. */
export const forgetState = (c: Context) => deleteCookie(c, COOKIE, OPTIONS);
