import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { appRouter } from "#src/web/api/router.ts";
import type { Signup } from "#test/system/person.ts";
import { keepNewest } from "./keep-newest.ts";
import { writeSignupCookie } from "./signup-cookie.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database, {
  RETURN_URL: "https://app.example/welcome",
  RETURN_URLS: "https://app.example/cart",
  RATE_LIMITS: "off",
});
await whenReady(services);

/** A browser: with the cookie of a user, or without. */
function browser(user?: { id: string }) {
  const cookie = { secrets: services.env.APP_SECRET, secure: false };
  const header = user ? writeSignupCookie(cookie, user.id, 60).split(";")[0]! : null;
  return appRouter.createCaller(testContext(services, header));
}

const rowOf = (id: string) => db("users").where({ id }).first("return_to", "return_state");

describe("the return address of a sign-up", () => {
  const given = { returnTo: "https://app.example/cart?id=7", state: "s 1" };
  const signUp = (input: Signup) => browser().createUser(input);
  const kept = { return_to: given.returnTo, return_state: given.state };

  it("is kept if the application gave one", async () => {
    const { user } = await signUp({ ...aSignup(), ...given });
    expect(await rowOf(user.id)).toEqual(kept);
  });

  it("is kept until a retry or another browser gives a newer one", async () => {
    const input = aSignup();
    const { user } = await signUp({ ...input, returnTo: "https://app.example/cart/old" });
    await signUp({ ...input, ...given });
    expect(await rowOf(user.id)).toEqual(kept);
    await signUp(input);
    expect(await rowOf(user.id)).toEqual(kept);
    await signUp({ ...input, requestId: randomUUID(), state: "s 2" });
    expect(await rowOf(user.id)).toEqual({ return_to: null, return_state: "s 2" });
  });

  it("is refused if it is not allowed, and nothing is saved", async () => {
    const input = { ...aSignup(), returnTo: "https://evil.example/" };
    await expect(signUp(input)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { field: "returnTo" },
    });
    expect(await db("users").where({ username: input.username })).toEqual([]);
  });

  it.each([
    ["returnTo", "too long", "x".repeat(2001)],
    ["returnTo", "empty", ""],
    ["returnTo", "a number", 7],
    ["state", "empty", ""],
    ["state", "too long", "x".repeat(501)],
    ["state", "two lines", "a\nb"],
    ["state", "not ASCII", "é"],
  ])("is refused with its field if %s is %s", async (field, _, value) => {
    const refused = signUp({ ...aSignup(), [field]: value });
    await expect(refused).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { issues: [{ path: [field] }] },
    });
  });

  it("is kept if the e-mail address is corrected", async () => {
    const input = { ...aSignup(), ...given };
    const { user } = await signUp(input);
    await browser(user).correctEmail({ email: aSignup().email });
    expect(await rowOf(user.id)).toEqual(kept);
  });
});

it("other terms that are accepted with a retry are kept, with the time", async () => {
  const { user } = await browser().createUser(aSignup());
  const terms = () =>
    db("users").where({ id: user.id }).first("terms_version", "terms_accepted_at");
  await keepNewest(db, user.id, { acceptedTerms: "2025" });
  const first = await terms();
  expect(first).toEqual({ terms_version: "2025", terms_accepted_at: expect.any(Date) });
  await keepNewest(db, user.id, { acceptedTerms: "2025" });
  await keepNewest(db, user.id, {});
  expect(await terms()).toEqual(first);
  await keepNewest(db, user.id, { acceptedTerms: "2026" });
  expect(await terms()).toMatchObject({ terms_version: "2026" });
});
