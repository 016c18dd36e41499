import { Refusal } from "../refusal.ts";
import { readSignedId, signId } from "../signed-id.ts";

const NAME = "enlist_signup";

export interface SignupCookieOptions {
  secret: string;
  /** Seconds until the browser forgets it. */
  maxAge: number;
  /** Whether the browser may send it over https only. */
  secure: boolean;
}

/**
 * The `Set-Cookie` value with which a browser can prove that this sign-up was made in it. The
 * browser sends it along when a mail's link is opened (SameSite=Lax); no script can read it.
 */
export function writeSignupCookie(
  userId: string,
  { secret, maxAge, secure }: SignupCookieOptions,
): string {
  const flags = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return `${NAME}=${signId(secret, "signup-cookie", userId)}; ${flags}`;
}

/**
 * The id of the user who signed up in the browser that sent this `Cookie` header; null where it
 * holds no such cookie, or none that was made here.
 */
export function readSignupCookie(secret: string, header: string | null): string | null {
  // Another application on this host may set one of the same name: the signature decides.
  for (const pair of (header ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=");
    const id = name === NAME ? readSignedId(secret, "signup-cookie", value) : null;
    if (id) return id;
  }
  return null;
}

/**
 * The id of the user who signed up in the browser that asks.
 * @throws {Refusal} UNAUTHORIZED where nobody did
 */
export function requireSignup(secret: string, header: string | null): string {
  const userId = readSignupCookie(secret, header);
  if (userId) return userId;
  throw new Refusal("UNAUTHORIZED", "Nobody has signed up in this browser, or it has forgotten.");
}
