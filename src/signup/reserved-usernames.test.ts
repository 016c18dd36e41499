import { describe, expect, it } from "vitest";
import { parseEnv } from "#src/platform/env.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { appRouter } from "#src/web/api/router.ts";
import { isReservedUsername, reservedUsernames } from "./reserved-usernames.ts";

const database = await testDatabase();
const services = await testServices(database, {
  RATE_LIMITS: "off",
  APP_URL: "https://acme.example",
});
await whenReady(services);
const caller = appRouter.createCaller(testContext(services));

/** Whether a username is reserved with this RESERVED_USERNAMES. */
const reservedBy = (RESERVED_USERNAMES: string) => {
  const reserved = reservedUsernames({ RESERVED_USERNAMES, APP_URL: "https://acme.example:8443" });
  return (username: string) => isReservedUsername(reserved, username);
};

describe("a username that could speak for the service", () => {
  it.each([
    ..."admin root postmaster abuse support security info webmaster signup verify api enlist".split(
      " ",
    ),
    ..."noreply no_reply adm1n r00t _admin_ p0stm4ster supp0rt enl1st acme".split(" "),
  ])("is reserved: %s", async (username) => {
    expect(await caller.usernameAvailable({ username })).toEqual({ available: false });
    await expect(caller.createUser(aSignup({ username }))).rejects.toMatchObject({
      code: "CONFLICT",
      message: "This username is reserved. Please choose another.",
      cause: { field: "username" },
    });
    expect(await database.db("users").where({ username })).toEqual([]);
  });

  it.each(["alice", "administrata", "rooty", "supporter", "adminton", "enlisted"])(
    "is not reserved if it only resembles one: %s",
    async (username) => {
      expect(await caller.usernameAvailable({ username })).toEqual({ available: true });
      const { user } = await caller.createUser(aSignup({ username }));
      expect(user.username).toBe(username);
    },
  );

  it("stays with its owner, whose repeated sign-up returns its first result", async () => {
    const { password, ...input } = aSignup({ username: "press" });
    const before = await testServices(database, { RESERVED_USERNAMES: "-press" });
    await whenReady(before);
    const first = await appRouter
      .createCaller(testContext(before))
      .createUser({ ...input, password });
    expect(await caller.createUser({ ...input, password })).toEqual(first);
    const { requestId } = aSignup();
    expect(await caller.createUser({ ...input, password, requestId })).toEqual(first);
  });
});

describe("the operator's list", () => {
  it("adds to the built-in names", () => {
    const isReservedNow = reservedBy("sales_team, bingo");
    expect(["admin", "salesteam", "b1ng0", "acme"].map(isReservedNow)).toEqual(Array(4).fill(true));
    expect(isReservedNow("alice")).toBe(false);
  });

  it("frees one name, or all built-in names", () => {
    expect(["bot", "b0t", "admin"].map(reservedBy("-bot"))).toEqual([false, false, true]);
    expect(["admin", "acme", "enlist", "bingo"].map(reservedBy("-*,bingo"))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it.each(["Admin", "a;b", "-", "a,,b", "--a", "*", "a b"])("must contain names: %s", (list) => {
    const env = {
      DATABASE_URL: "postgres://localhost/enlist",
      REDIS_URL: "redis://localhost",
      SMTP_URL: "smtp://localhost",
      APP_URL: "https://example.com/",
      APP_SECRET: "x".repeat(32),
      MAIL_FROM: "no-reply@example.com",
      RESERVED_USERNAMES: list,
    } as unknown as NodeJS.ProcessEnv;
    expect(() => parseEnv(env)).toThrow(/^RESERVED_USERNAMES must be names/);
  });
});
