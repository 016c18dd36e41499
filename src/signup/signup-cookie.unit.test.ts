import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSignupCookie, writeSignupCookie, type SignupCookie } from "./signup-cookie.ts";

const cookie: SignupCookie = {
  secrets: ["a secret for the tests that is long enough"],
  secure: true,
};
const write = (id: string, secure = true) => writeSignupCookie({ ...cookie, secure }, id, 60);
const pair = (setCookie: string) => setCookie.split(";")[0] ?? "";

describe("the sign-up cookie", () => {
  it("is hidden from scripts and other sites, and from http if the page uses https", () => {
    expect(write(randomUUID())).toMatch(
      /^__Host-enlist_signup=[\w-]{64}; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(write(randomUUID(), false)).toMatch(/^enlist_signup=.*; SameSite=Lax$/);
  });

  it("tells who signed up, even among other cookies", () => {
    const id = randomUUID();
    expect(readSignupCookie(cookie, pair(write(id)))).toBe(id);
    expect(readSignupCookie(cookie, `a=1; ${pair(write(id))}; b=2`)).toBe(id);
    expect(readSignupCookie(cookie, `__Host-enlist_signup=junk; ${pair(write(id))}`)).toBe(id);
  });

  it("is ignored if it is missing, forged, or another's", () => {
    const written = pair(write(randomUUID()));
    expect(readSignupCookie(cookie, null)).toBeNull();
    expect(readSignupCookie(cookie, "a=1")).toBeNull();
    expect(readSignupCookie(cookie, `x${written}`)).toBeNull();
    expect(readSignupCookie(cookie, written.slice(0, -1))).toBeNull();
    expect(
      readSignupCookie(
        { ...cookie, secrets: ["another secret that is also long enough"] },
        written,
      ),
    ).toBeNull();
  });

  it("is valid exactly as long as the secret that signed it is listed", () => {
    const id = randomUUID();
    const written = pair(write(id));
    const after = "the new secret, which is long enough";
    expect(readSignupCookie({ ...cookie, secrets: [after, ...cookie.secrets] }, written)).toBe(id);
    expect(readSignupCookie({ ...cookie, secrets: [after] }, written)).toBeNull();
  });

  it("is not accepted from http or another host if the page uses https", () => {
    const planted = pair(write(randomUUID(), false));
    expect(readSignupCookie(cookie, planted)).toBeNull();
    expect(readSignupCookie({ ...cookie, secure: false }, planted)).not.toBeNull();
  });
});
