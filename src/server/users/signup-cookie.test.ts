import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSignupCookie, writeSignupCookie } from "./signup-cookie.ts";

const secret = "a secret for the tests, long enough";
const write = (id: string, secure = true) => writeSignupCookie(id, { secret, maxAge: 60, secure });
const pair = (setCookie: string) => setCookie.split(";")[0] ?? "";

describe("the sign-up cookie", () => {
  it("is closed to scripts and to other sites, and to http where the page is https", () => {
    expect(write(randomUUID())).toMatch(/; Path=\/; Max-Age=60; HttpOnly; SameSite=Lax; Secure$/);
    expect(write(randomUUID(), false)).toMatch(/; SameSite=Lax$/);
  });

  it("tells who signed up, also among other cookies", () => {
    const id = randomUUID();
    expect(readSignupCookie(secret, pair(write(id)))).toBe(id);
    expect(readSignupCookie(secret, `a=1; ${pair(write(id))}; b=2`)).toBe(id);
    expect(readSignupCookie(secret, `enlist_signup=junk; ${pair(write(id))}`)).toBe(id);
  });

  it("tells nothing where it is missing, forged, or another's", () => {
    const cookie = pair(write(randomUUID()));
    expect(readSignupCookie(secret, null)).toBeNull();
    expect(readSignupCookie(secret, "a=1")).toBeNull();
    expect(readSignupCookie(secret, `x${cookie}`)).toBeNull();
    expect(readSignupCookie(secret, cookie.slice(0, -1))).toBeNull();
    expect(readSignupCookie("another secret, also long enough!", cookie)).toBeNull();
  });
});
