import { describe, expect, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { serve } from "#src/web/api/serve.ts";
import { signId } from "#src/platform/signed-id.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database);
const unlimited = await testServices(database, { RATE_LIMITS: "off" });
await whenReady(services);
await whenReady(unlimited);

let clients = 0;

/** Posts from a new browser and network. */
async function post(procedure: string, input: unknown, on = services) {
  const headers = {
    "content-type": "application/json",
    "x-enlist-client": `198.51.100.${++clients % 250}`,
  };
  const init = { method: "POST", headers, body: JSON.stringify(input) };
  const request = new Request(`http://localhost:3000/api/trpc/${procedure}`, init);
  const response = await serve(request, on);
  const { result, error } = await response.json();
  const cookie = response.headers.get("set-cookie");
  return { status: response.status, user: result?.data.user, error, cookie };
}

const signUp = (input: Signup, on?: typeof services) => post("createUser", input, on);

/** The same sign-up from another browser, with another requestId. */
const again = (input: Signup, changes: Partial<Signup> = {}) => ({
  ...input,
  requestId: aSignup().requestId,
  ...changes,
});

const claimsOf = (input: Signup) =>
  db("users as u")
    .join("email_verifications as v", "v.user_id", "u.id")
    .where({ username: input.username });

/** Makes a claim, and returns it with the answer. */
async function aClaim() {
  const input = aSignup();
  return { input, first: await signUp(input) };
}

describe("someone who signs up again in another browser, with the same username, address and password", () => {
  it("gets the same sign-up: one user, one mail, and the cookie", async () => {
    const { input, first } = await aClaim();
    const jobs = await db("tx_jobs").count();
    for (const changes of [
      {},
      { email: input.email.toUpperCase() },
      { fullName: "Augusta King" },
      { username: `\u200e${input.username} ` },
    ]) {
      const { status, user, cookie } = await signUp(again(input, changes));
      expect({ status, user }).toEqual({ status: 200, user: first.user });
      expect(cookie).toBe(first.cookie);
    }
    expect(await claimsOf(input)).toHaveLength(1);
    expect(await db("tx_jobs").count()).toEqual(jobs);
  });

  it("gets it from ten browsers at once", async () => {
    const input = aSignup();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => signUp(again(input), unlimited)),
    );
    expect(new Set(answers.map(({ status, user }) => `${status} ${user?.id}`)).size).toBe(1);
    expect(await claimsOf(input)).toHaveLength(1);
  });

  it("gets it even if the account is verified, with the same cookie", async () => {
    const { input, first } = await aClaim();
    await db("users").where({ id: first.user.id }).update({ email_verified_at: db.fn.now() });
    const user = { ...first.user, emailVerifiedAt: expect.any(String) };
    expect(await signUp(again(input))).toEqual({ ...first, user });
  });
});

describe("anyone else", () => {
  it.each([
    ["another password", { password: "another-vexed-lantern" }],
    ["another address", { email: aSignup().email }],
    ["another password and address", { password: "another-vexed-lantern", email: aSignup().email }],
  ])("with %s is told that the username is taken, and gets no cookie", async (_, changes) => {
    const { input } = await aClaim();
    const { status, error, cookie } = await signUp(again(input, changes));
    expect(status).toBe(409);
    expect(error).toMatchObject({
      message: "This username is taken. Please choose another.",
      data: { code: "CONFLICT", field: "username" },
    });
    expect(cookie).toBeNull();
    expect(await claimsOf(input)).toHaveLength(1);
  });

  it("checks no password after ten per hour, from any client", async () => {
    const { input, first } = await aClaim();
    for (let i = 0; i < 10; i++) {
      const guess = {
        password: `vexed-otter-lantern-${i}`,
        email: i % 2 ? input.email : "a@b.org",
      };
      expect((await signUp(again(input, guess))).status).toBe(409);
    }
    expect(await signUp(again(input))).toMatchObject({
      status: 409,
      error: { message: "This username is taken. Please choose another." },
    });
    // These attempts do not count elsewhere.
    expect((await signUp(input)).user).toEqual(first.user);
    const { verification_id: id } = await db("users").where({ id: first.user.id }).first();
    const token = signId(services.env.APP_SECRET, "verification-link", id);
    const { password } = input;
    expect((await post("verifyEmail", { token, password })).status).toBe(200);
  });
});
