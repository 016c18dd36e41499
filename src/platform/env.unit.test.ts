import { describe, expect, it } from "vitest";
import { EnvError, parseEnv, parseWebEnv } from "./env.ts";

const GOOD = {
  DATABASE_URL: "postgres://localhost/enlist",
  REDIS_URL: "redis://localhost",
  SMTP_URL: "smtp://localhost",
  APP_URL: "https://example.com/",
  APP_SECRET: "x".repeat(32),
  MAIL_FROM: "Enlist <no-reply@example.com>",
} as unknown as NodeJS.ProcessEnv;

describe("the environment", () => {
  it("needs no mail server for web, and hides the operator's password from it", () => {
    const given = { ...GOOD, SMTP_URL: "", OPERATOR_PASSWORD: "x".repeat(16) };
    const env = parseWebEnv(given);
    expect(env).toMatchObject({ APP_URL: "https://example.com" });
    expect(env).not.toHaveProperty("OPERATOR_PASSWORD");
    expect(() => parseEnv(given)).toThrow("SMTP_URL is missing");
  });

  it("fills in the defaults and removes the slash from the end of APP_URL", () => {
    expect(parseEnv(GOOD)).toMatchObject({
      APP_URL: "https://example.com",
      VERIFICATION_TTL_HOURS: 24,
      CLAIM_TTL_HOURS: 168,
      LOG_LEVEL: "info",
    });
  });

  it("converts the host of APP_URL to ASCII, for links in mails", () => {
    const { APP_URL } = parseEnv({ ...GOOD, APP_URL: "https://Enlist.exämple.com/sign/" });
    expect(APP_URL).toBe("https://enlist.xn--exmple-cua.com/sign");
  });

  it.each([
    [{}, { MAILS_PER_HOUR: 60 }, undefined],
    [{ MAILS_PER_HOUR_TOTAL: "off" }, { MAILS_PER_HOUR: 60 }, undefined],
    [{ MAILS_PER_HOUR: "7", MAILS_PER_HOUR_TOTAL: "900" }, { MAILS_PER_HOUR: 7 }, 900],
  ])("limits mails as set by %j", (set, expected, total) => {
    const env = parseEnv({ ...GOOD, ...set });
    expect(env).toMatchObject(expected);
    expect(env.MAILS_PER_HOUR_TOTAL).toBe(total);
  });

  it.each([
    ["RETURN_URL", "javascript:alert(1)", /must be a URL/],
    ["SIGNUPS", "shut", /^SIGNUPS must be open, invited or closed$/],
    ["USERNAMES", "no", /^USERNAMES must be on or off$/],
    ["FULL_NAMES", "on", /^FULL_NAMES must be required, optional or off$/],
    ["TERMS", "box", /^TERMS must be link or accept$/],
    // The brand of these sources has no terms.
    ["TERMS", "accept", /^TERMS is accept; enlist.config.ts then needs terms and termsVersion$/],
    ["RETURN_URL", "https://a@app.example", /has a user name/],
    ["RETURN_URL", "https://app.example/#x", /has a fragment/],
    ["RETURN_URL", "https://app.example/?code=x", /has the parameter code/],
    ["RETURN_URLS", "https://app.example, app.example", /must be a URL/],
    ["RETURN_NAME", "x".repeat(61), /at most 60/],
    ["SIGN_IN_URL", "/sign-in", /must be a URL/],
    ["HANDOFF_SECRET", "short", /at least 32/],
    ["HANDOFF_SECRET", "a secret with spaces, and 32 characters", /bearer token|at least 32/],
  ])("refuses %s=%s", (name, value, message) => {
    const given = { ...GOOD, RETURN_URL: "https://app.example", [name]: value };
    expect(() => parseWebEnv(given)).toThrow(message);
    expect(() => parseWebEnv(given)).toThrow(name);
  });

  it.each([{ RETURN_URLS: "https://app.example" }, { HANDOFF_SECRET: "x".repeat(32) }])(
    "wants RETURN_URL beside %j",
    (set) => expect(() => parseWebEnv({ ...GOOD, ...set })).toThrow(/^RETURN_URL is missing/),
  );

  it("reads the addresses to which people may return", () => {
    const set = {
      RETURN_URL: "https://app.example",
      RETURN_URLS: "https://app.example/cart , http://localhost:3001",
    };
    const { RETURN_URLS } = parseWebEnv({ ...GOOD, ...set });
    expect(RETURN_URLS).toEqual(["https://app.example/cart", "http://localhost:3001"]);
    expect(parseWebEnv(GOOD)).toMatchObject({ RETURN_URLS: [] });
  });

  it("names every missing or wrong variable, one per line", () => {
    const bad = { APP_SECRET: "short", DATABASE_URL: "mysql://x", SMTP_URL: "", LOG_LEVEL: "loud" };
    expect(() => parseEnv(bad as unknown as NodeJS.ProcessEnv)).toThrow(
      new EnvError(
        [
          "DATABASE_URL must be a URL that begins with postgres:// or postgresql://",
          "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent",
          "REDIS_URL is missing",
          "SMTP_URL is missing",
          "MAIL_FROM is missing",
          "APP_URL is missing",
          "APP_SECRET must have at least 32 characters; if commas separate several, each of them",
        ].join("\n"),
      ),
    );
  });

  it.each([
    ["CRITICAL_CONCURRENCY", "0"],
    ["CRITICAL_CONCURRENCY", "many"],
    ["CRITICAL_CONCURRENCY", "1001"],
    ["CRITICAL_CONCURRENCY", "1e99"],
    ["VERIFICATION_TTL_HOURS", "1.5"],
    ["MAILS_PER_HOUR", "0"],
    ["MAILS_PER_HOUR", "off"],
    ["MAILS_PER_HOUR_TOTAL", "0"],
    ["MAILS_PER_HOUR_TOTAL", "many"],
    ["MAIL_FROM", "nobody"],
    ["MAIL_FROM", "Enlist <a@example.com>\r\nBcc: b@example.com"],
    ["SMTPUTF8", "yes"],
    ["CHECK_MAIL_DOMAINS", "on"],
    ["MAIL_HOSTNAME", "localhost"],
    ["MAIL_HOSTNAME", "mail.example.com\r\nMAIL FROM:<a@example.com>"],
    ["MAIL_HOSTNAME", "https://mail.example.com"],
    ["APP_URL", "javascript:alert(1)"],
    ["APP_URL", "data:text/html,x"],
    ["APP_URL", "enlist.example"],
    ["REDIS_PREFIX", "a:b"],
    ["REDIS_PREFIX", "a}b{"],
    ["REDIS_URL", "localhost:6379"],
    ["REDIS_URL", "redis+sentinel://localhost:26379"],
  ])("refuses %s=%s", (name, value) => {
    expect(() => parseEnv({ ...GOOD, [name]: value })).toThrow(
      new RegExp(`^${name} must|^${name} may`),
    );
  });

  it.each([
    ["enlist", "{enlist}"],
    ["{a}-b", "{a}-b"],
  ])("keeps the keys of a cluster in one slot: %s", (REDIS_PREFIX, prefix) => {
    const cluster = { ...GOOD, REDIS_PREFIX, REDIS_URL: "redis+cluster://a:7000,b:7000" };
    expect(parseEnv(cluster).REDIS_PREFIX).toBe(prefix);
    expect(parseEnv({ ...GOOD, REDIS_PREFIX }).REDIS_PREFIX).toBe(REDIS_PREFIX);
  });

  it("refuses the development secret only in production", () => {
    const APP_SECRET = "development-only-secret-not-for-production";
    expect(parseEnv({ ...GOOD, APP_SECRET }).APP_SECRET).toEqual([APP_SECRET]);
    for (const value of [APP_SECRET, `${"x".repeat(32)}, ${APP_SECRET}`]) {
      const production = { ...GOOD, APP_SECRET: value, NODE_ENV: "production" } as const;
      expect(() => parseEnv(production)).toThrow(/APP_SECRET/);
    }
  });

  it.each([
    ["DATABASE_URL", "postgres://db.example/enlist?sslmode=no-verify"],
    ["DATABASE_URL", "postgres://db.example/enlist?uselibpqcompat=true&sslmode=require"],
    ["PGSSLMODE", "no-verify"],
    ["SMTP_URL", "smtps://mail.example?tls.rejectUnauthorized=false"],
  ])("refuses %s if it disables certificate checks", (name, value) => {
    expect(() => parseEnv({ ...GOOD, [name]: value })).toThrow(
      new RegExp(`^${name} must not switch off`),
    );
  });

  it("refuses to disable all certificate checks in production", () => {
    const unchecked = { ...GOOD, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    expect(() => parseEnv({ ...unchecked, NODE_ENV: "production" })).toThrow(/must not be 0/);
  });

  it("accepts several secrets, and refuses a short one among them", () => {
    const [now, before] = ["n".repeat(32), "b".repeat(32)];
    const APP_SECRET = `${now}, ${before}`;
    expect(parseEnv({ ...GOOD, APP_SECRET }).APP_SECRET).toEqual([now, before]);
    for (const short of [`${now},`, `${now},x`]) {
      expect(() => parseEnv({ ...GOOD, APP_SECRET: short })).toThrow(/^APP_SECRET must have/);
    }
  });
});
