import { Refusal } from "#src/platform/refusal.ts";
import { readSignedId, signId, type Secrets } from "#src/platform/signed-id.ts";

/** How this installation's cookies are written and read. */
export interface SignupCookie {
  secrets: Secrets;
  /** Whether the page is at an https address, so that the browser may send it over https only. */
  secure: boolean;
}

/**
 * With this prefix a browser takes the cookie from this very host alone, over https. Otherwise a
 * neighbouring host could plant its own sign-up in somebody's browser, and have them confirm it.
 */
const nameOf = (secure: boolean) => `${secure ? "__Host-" : ""}enlist_signup`;

/**
 * The `Set-Cookie` value with which a browser can prove that this sign-up was made in it. The
 * browser sends it along when a mail's link is opened (SameSite=Lax); no script can read it.
 * @param maxAge seconds until the browser forgets it
 */
export function writeSignupCookie(
  { secrets, secure }: SignupCookie,
  userId: string,
  maxAge: number,
): string {
  const flags = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return `${nameOf(secure)}=${signId(secrets, "signup-cookie", userId)}; ${flags}`;
}

/**
 * The id of the user who signed up in the browser that sent this `Cookie` header; null where it
 * holds no such cookie, or none that was made here.
 */
export function readSignupCookie(
  { secrets, secure }: SignupCookie,
  header: string | null,
): string | null {
  // Another application on this host may set one of the same name: the signature decides.
  for (const pair of (header ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=");
    const id = name === nameOf(secure) ? readSignedId(secrets, "signup-cookie", value) : null;
    if (id) return id;
  }
  return null;
}

/**
 * The id of the user who signed up in the browser that asks.
 * @throws {Refusal} UNAUTHORIZED where nobody did
 */
export function requireSignup(cookie: SignupCookie, header: string | null): string {
  const userId = readSignupCookie(cookie, header);
  if (userId) return userId;
  throw new Refusal("UNAUTHORIZED", "We can't find a sign-up from this browser.");
}
