import { readCookies } from "#src/platform/http/read-cookies.ts";
import { Refusal } from "#src/platform/refusal.ts";
import { SERVICE_WORD } from "#src/shared/service-name.ts";
import { readSignedId, signId, type Secrets } from "#src/platform/signed-id.ts";

/** The settings for writing and reading this installation's cookie. */
export interface SignupCookie {
  secrets: Secrets;
  /** Whether the page uses https, so that the browser must too. */
  secure: boolean;
}

/**
 * With this prefix, browsers accept the cookie only from this very host, over https. Otherwise a
 * neighbouring host could plant its own sign-up in a browser, and have the person confirm it.
 */
export const nameOfSignupCookie = (secure: boolean) =>
  `${secure ? "__Host-" : ""}${SERVICE_WORD}_signup`;

/**
 * The `Set-Cookie` value that proves a sign-up was made in this browser. It is sent when a mail's
 * link is opened (SameSite=Lax), and scripts cannot read it.
 * @param maxAge seconds until the browser deletes it
 */
export function writeSignupCookie(
  { secrets, secure }: SignupCookie,
  userId: string,
  maxAge: number,
): string {
  const flags = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return `${nameOfSignupCookie(secure)}=${signId(secrets, "signup-cookie", userId)}; ${flags}`;
}

/** The user id in this `Cookie` header; null if there is no cookie with a valid signature. */
export function readSignupCookie(
  { secrets, secure }: SignupCookie,
  header: string | null,
): string | null {
  // Another application on this host may use the same name, so check every signature.
  for (const value of readCookies(header, nameOfSignupCookie(secure))) {
    const id = readSignedId(secrets, "signup-cookie", value);
    if (id) return id;
  }
  return null;
}

/**
 * The id of the user who signed up in this browser.
 * @throws {Refusal} UNAUTHORIZED if there is none
 */
export function requireSignup(cookie: SignupCookie, header: string | null): string {
  return readSignupCookie(cookie, header) ?? refuseStranger();
}

/** @throws {Refusal} UNAUTHORIZED: this browser has no sign-up's cookie */
export function refuseStranger(): never {
  throw new Refusal("signup_unknown");
}
