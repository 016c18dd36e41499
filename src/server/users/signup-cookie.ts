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
  const value = header?.match(new RegExp(`(?:^|;\\s*)${NAME}=([^;]*)`))?.[1];
  return value ? readSignedId(secret, "signup-cookie", value) : null;
}
