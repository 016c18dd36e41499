import { describe, expect, it } from "vitest";
import { createReturns } from "./returns.ts";

const returns = createReturns({
  RETURN_URL: "https://good.example/welcome",
  RETURN_URLS: [
    "https://good.example/app",
    "http://localhost:3001",
    "https://other.example:8443/x/",
  ],
  RETURN_NAME: undefined,
});

describe("return_to", () => {
  it.each([
    "https://good.example/welcome",
    "https://good.example/welcome?from=signup",
    "https://good.example/app",
    "https://good.example/app/",
    "https://good.example/app/deep/page?next=%2Fhome%3Fa%3Db&mail=a@b.example",
    "HTTPS://GOOD.EXAMPLE/app",
    "https://good.example:443/app",
    "http://localhost:3001",
    "http://localhost:3001/any/where",
    "https://other.example:8443/x/y",
    "https://good.example/app/./x",
  ])("may be %s", (text) => {
    expect(returns.check(text)).toBe(new URL(text).href);
  });

  it.each([
    // Another host, however it is written.
    "https://evil.example/app",
    "//evil.example",
    "//good.example/app",
    "///good.example/app",
    "https:good.example/app",
    "https:/good.example/app",
    "https:///evil.example/app",
    "https://good.example@evil.example/app",
    "https://good.example%40evil.example/app",
    "https://good.example:443@evil.example/app",
    "https://good.example.evil.example/app",
    "https://evilgood.example/app",
    "https://evil.example#https://good.example/app",
    "https://evil.example?https://good.example/app",
    "https://evil.example/https://good.example/app",
    "https://good.example./app",
    "https://[::1]/app",
    // Backslashes and what parsers drop.
    "https://evil.example\\@good.example/app",
    "https://good.example\\.evil.example/app",
    "https:\\\\good.example\\app",
    "\\\\evil.example",
    "/\\evil.example",
    "https://good.example/app\\..\\..",
    "https://good.example/app\t/x",
    "https://good.example/app\n",
    "\u0000https://good.example/app",
    " https://good.example/app",
    "https://good.example/app ",
    "https://good.example/app\u202e",
    // Users and passwords.
    "https://user@good.example/app",
    "https://user:password@good.example/app",
    "https://@good.example/app",
    // Other schemes and ports.
    "javascript:alert(1)",
    "JavaScript://good.example/app%0aalert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://good.example/app",
    "http://good.example/app",
    "https://good.example:8443/app",
    "http://localhost:3000/",
    "https://localhost:3001/",
    // Other paths, and ways out of one.
    "https://good.example/",
    "https://good.example",
    "https://good.example/apple",
    "https://good.example/APP",
    "https://good.example/app/../admin",
    "https://good.example/app/%2e%2e/admin",
    "https://good.example/app/%2E%2E%2Fadmin",
    "https://good.example/app%2f..%2fadmin",
    "https://good.example/app%2Fx",
    "https://good.example/app%5c..%5cadmin",
    "https://good.example/app/%252e%252e/admin",
    "https://good.example/app%252fadmin",
    "https://good.example/app%00",
    "https://other.example:8443/xy",
    // What Enlist adds, and what never reaches the server.
    "https://good.example/app?code=stolen",
    "https://good.example/app?a=b&state=x",
    "https://good.example/app?%63ode=stolen",
    "https://good.example/app#code=stolen",
    "https://good.example/app#",
    // No address.
    "",
    "/app",
    "app",
    "good.example/app",
    "https://",
    "https://good example/app",
  ])("may not be %j", (text) => {
    expect(() => returns.check(text)).toThrow(
      expect.objectContaining({ code: "BAD_REQUEST", field: "returnTo" }),
    );
  });

  it("must be empty if there is no RETURN_URL", () => {
    const none = createReturns({ RETURN_URL: undefined, RETURN_URLS: [], RETURN_NAME: undefined });
    expect(none.check(undefined)).toBeUndefined();
    expect(() => none.check("https://good.example/app")).toThrow(/return_to/);
    expect(none.continueTo(null)).toBeUndefined();
    expect(none.continueTo("https://good.example/app")).toBeUndefined();
  });
});

describe("where a person continues", () => {
  it("is the kept address if it is still allowed, or else RETURN_URL", () => {
    const kept = "http://localhost:3001/cart";
    expect(returns.continueTo(kept)).toEqual({ url: kept, name: "localhost:3001" });
    const home = { url: "https://good.example/welcome", name: "good.example" };
    expect(returns.continueTo(null)).toEqual(home);
    expect(returns.continueTo("https://former.example/")).toEqual(home);
  });

  it("has the application's name", () => {
    const named = createReturns({
      RETURN_URL: "https://good.example",
      RETURN_URLS: [],
      RETURN_NAME: "The Good Shop",
    });
    expect(named.continueTo(null)!.name).toBe("The Good Shop");
  });
});
