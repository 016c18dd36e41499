import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { signId } from "#src/platform/signed-id.ts";
import { appRouter } from "#src/web/api/router.ts";
import { hashPassword } from "../hash-password.ts";
import { writeSignupCookie } from "../signup-cookie.ts";
import { swapCode } from "./swap-code.ts";

const database = await testDatabase();
const { db } = database;
const RETURN_URL = "https://app.example/welcome";
const services = await testServices(database, {
  RETURN_URL,
  RETURN_URLS: "https://app.example/cart",
  HANDOFF_SECRET: "a-secret-of-the-application-0123456789",
  RATE_LIMITS: "off",
});
await whenReady(services);
const { APP_SECRET } = services.env;

type Claim = { id: string; verificationId: string };
const cookieOf = ({ id }: { id: string }) =>
  writeSignupCookie({ secrets: APP_SECRET, secure: false }, id, 60).split(";")[0]!;
const tokenOf = ({ verificationId }: Claim) =>
  signId(APP_SECRET, "verification-link", verificationId);
/** A browser: with the cookie of a user, or without. */
const browser = (user?: { id: string }, on = services) =>
  appRouter.createCaller(testContext(on, user ? cookieOf(user) : null));

async function anAccount({ ageMinutes = 0, returnTo = null as string | null, state = "" } = {}) {
  const user = await aUser(db);
  await db("users")
    .where({ id: user.id })
    .update({
      email_verified_at: db.raw("now() - make_interval(secs => ?)", [ageMinutes * 60]),
      return_to: returnTo,
      return_state: state || null,
    });
  return user;
}

const codeIn = ({ url }: { url: string }) => new URL(url).searchParams.get("code");

describe("handOff", () => {
  it("gives a code and the state to the browser that signed up, as often as it asks", async () => {
    const user = await anAccount({ returnTo: "https://app.example/cart?id=7", state: "s&1=" });
    const { url } = await browser(user).handOff({});
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe("https://app.example/cart");
    expect([...searchParams.keys()]).toEqual(["id", "code", "state"]);
    expect(searchParams.get("state")).toBe("s&1=");
    const second = await browser(user).handOff({ token: tokenOf(user) });
    expect(codeIn(second)).not.toBe(searchParams.get("code"));
  });

  it("adds no state if none was given", async () => {
    const { url } = await browser(await anAccount()).handOff({});
    expect([...new URL(url).searchParams.keys()]).toEqual(["code"]);
    expect(url.startsWith(`${RETURN_URL}?code=`)).toBe(true);
  });

  it("gives the plain address for the link alone, even with another sign-up's cookie", async () => {
    const user = await anAccount({ state: "secret" });
    const other = await anAccount();
    for (const from of [browser(), browser(other)]) {
      expect(await from.handOff({ token: tokenOf(user) })).toEqual({ url: RETURN_URL });
    }
    expect(await db("handoff_codes").whereIn("user_id", [user.id, other.id])).toEqual([]);
  });

  it("gives a code in another browser once the password was right there", async () => {
    const password = "vexed-otter-lantern-42";
    const user = await aUser(db, { passwordHash: await hashPassword(password) });
    const asked = testContext(services);
    const elsewhere = appRouter.createCaller(asked);
    await expect(
      elsewhere.verifyEmail({ token: tokenOf(user), password: "wrong" }),
    ).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(asked.responseHeaders.getSetCookie()).toEqual([]);
    expect(await elsewhere.verifyEmail({ token: tokenOf(user), password })).toEqual({
      status: "verified",
      continueTo: { url: RETURN_URL, name: "app.example" },
    });
    const [cookie = ""] = asked.responseHeaders.getSetCookie();
    expect(cookie).toMatch(/; Max-Age=900; HttpOnly/);
    const context = testContext(services, cookie.split(";")[0]);
    const { url } = await appRouter.createCaller(context).handOff({ token: tokenOf(user) });
    expect(codeIn({ url })).toHaveLength(43);
  });

  it("gives no code a quarter of an hour after the verification", async () => {
    const user = await anAccount({ ageMinutes: 15.1 });
    expect(await browser(user).handOff({})).toEqual({ url: RETURN_URL });
    expect(codeIn(await browser(await anAccount({ ageMinutes: 14.9 })).handOff({}))).toBeTruthy();
  });

  it("gives no code without HANDOFF_SECRET", async () => {
    const without = await testServices(database, { RETURN_URL });
    const user = await anAccount({ state: "s" });
    expect(await browser(user, without).handOff({})).toEqual({ url: RETURN_URL });
  });

  it("refuses an unverified sign-up, a missing one, strangers, and forged links", async () => {
    const claim = await aUser(db);
    await expect(browser(claim).handOff({})).rejects.toMatchObject({ code: "PRECONDITION_FAILED" });
    const gone = { id: randomUUID() };
    await expect(browser(gone).handOff({})).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(browser().handOff({})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const forged = browser(claim).handOff({ token: "x" });
    await expect(forged).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is limited to 20 codes per hour and sign-up", async () => {
    const limited = await testServices(database, {
      RETURN_URL,
      HANDOFF_SECRET: "a-secret-of-the-application-0123456789",
    });
    await whenReady(limited);
    const user = await anAccount();
    for (let n = 0; n < 20; n++) await browser(user, limited).handOff({});
    await expect(browser(user, limited).handOff({})).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
  });
});

describe("a code", () => {
  const aCode = async (user: { id: string }) => codeIn(await browser(user).handOff({}))!;
  const unknown = { refused: "unknown or used code" };
  const ofAnother = { refused: "code of another state" };

  it("gives the user once", async () => {
    const user = await anAccount();
    const code = await aCode(user);
    const row = await db("users").where({ id: user.id }).first();
    expect(await swapCode(db, { code })).toEqual({
      user: {
        id: user.id,
        username: user.username,
        fullName: user.fullName,
        email: user.email,
        language: "en",
        terms: null,
        extra: null,
        emailVerifiedAt: row.email_verified_at.toISOString(),
        createdAt: row.created_at.toISOString(),
      },
    });
    expect(await swapCode(db, { code })).toEqual(unknown);
  });

  it("gives the user to one of several concurrent swaps", async () => {
    const code = await aCode(await anAccount());
    const swaps = await Promise.all(Array.from({ length: 8 }, () => swapCode(db, { code })));
    expect(swaps.filter((swap) => "user" in swap)).toHaveLength(1);
  });

  it("lives for a minute", async () => {
    const user = await anAccount();
    const [code, other] = [await aCode(user), await aCode(user)];
    const { rows } = await db.raw(
      `select min(extract(epoch from expires_at - now())) between 50 and 60 as is_minute
       from handoff_codes where user_id = ?`,
      [user.id],
    );
    expect(rows).toEqual([{ is_minute: true }]);
    const age = (seconds: number) =>
      db("handoff_codes")
        .where({ user_id: user.id })
        .update({ expires_at: db.raw("now() - make_interval(secs => ?)", [seconds]) });
    await age(-1);
    expect(await swapCode(db, { code })).toHaveProperty("user");
    await age(0.01);
    expect(await swapCode(db, { code: other })).toEqual({ refused: "expired code" });
    expect(await db("handoff_codes").where({ user_id: user.id })).toEqual([]);
  });

  it("is bound to one state if the application wants that, and is used up by a wrong one", async () => {
    const user = await anAccount({ state: "mine" });
    expect(await swapCode(db, { code: await aCode(user), state: "mine" })).toHaveProperty("user");
    const code = await aCode(user);
    expect(await swapCode(db, { code, state: "another" })).toEqual(ofAnother);
    expect(await swapCode(db, { code, state: "mine" })).toEqual(unknown);
    const stateless = await anAccount();
    expect(await swapCode(db, { code: await aCode(stateless), state: "injected" })).toEqual(
      ofAnother,
    );
  });

  it("is stored only as a hash, and deleted with its user", async () => {
    const user = await anAccount();
    const code = await aCode(user);
    const [row] = await db("handoff_codes").where({ user_id: user.id });
    expect(row.code_hash).toHaveLength(32);
    expect(JSON.stringify(row) + row.code_hash.toString("latin1")).not.toContain(code);
    await db("users").where({ id: user.id }).delete();
    expect(await swapCode(db, { code })).toEqual(unknown);
  });
});
