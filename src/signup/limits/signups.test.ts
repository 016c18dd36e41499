import { describe, expect, it } from "vitest";
import {
  aClient,
  aSite,
  expectTooOften,
  SIGNUPS_PER_HOUR,
  testLimits,
} from "#test/fixtures/limits.ts";
import { aSignup } from "#test/system/person.ts";
import { aUser } from "#test/fixtures/user.ts";
import { toClient } from "#src/platform/client-address.ts";
import { createDb } from "#src/platform/db.ts";
import { signId } from "#src/platform/signed-id.ts";
import { hashPassword } from "../hash-password.ts";

const { db, services, post, signUp, cookieOf } = await testLimits();

describe("sign-ups from one client", () => {
  it("are at most SIGNUPS_PER_HOUR, without failed ones, and other clients can go on", async () => {
    const client = aClient();
    const taken = (await aUser(db)).username;
    for (let i = 0; i < SIGNUPS_PER_HOUR; i++) {
      expect((await signUp(aSignup({ username: taken }), client)).status).toBe(409);
      expect((await signUp(aSignup({ password: "password1234" }), client)).status).toBe(400);
    }
    for (let i = 0; i < SIGNUPS_PER_HOUR; i++) {
      expect((await signUp(aSignup(), client)).status).toBe(200);
    }
    const refused = aSignup();
    expectTooOften(await signUp(refused, client));
    expect(await db("users").where({ username: refused.username })).toEqual([]);
    expect((await signUp(refused)).status).toBe(200);
  });

  it("do not count if they fail through our fault", async () => {
    const client = aClient();
    const away = createDb({ url: "postgres://127.0.0.1:1/none", pool: 1 });
    for (let i = 0; i <= SIGNUPS_PER_HOUR; i++) {
      expect(
        (await post("createUser", aSignup(), { client, on: { ...services, db: away } })).status,
      ).toBe(503);
    }
    await away.destroy();
    expect((await signUp(aSignup(), client)).status).toBe(200);
  });

  it("return their first result if repeated, even beyond the limit", async () => {
    const client = aClient();
    const input = aSignup();
    const first = await signUp(input, client);
    for (let i = 0; i <= SIGNUPS_PER_HOUR; i++) {
      expect(await signUp(input, client)).toMatchObject({ status: 200, result: first.result });
    }
    for (let i = 1; i < SIGNUPS_PER_HOUR; i++) {
      expect((await signUp(aSignup(), client)).status).toBe(200);
    }
    expectTooOften(await signUp(aSignup(), client));
    expect(await signUp(input, client)).toMatchObject({ status: 200, result: first.result });
  });
});

describe("sign-ups that fail through the client's fault", () => {
  const guessable = () => aSignup({ password: "password1234" });

  it("are at most 120 per minute, then the client waits at most a minute", async () => {
    const client = aClient();
    const [first, taken] = [aSignup(), (await aUser(db)).username];
    expect((await signUp(first, client)).status).toBe(200);
    const failing = [
      () => guessable(),
      () => aSignup({ username: taken }),
      () => ({ ...first, password: "another-vexed-lantern" }),
    ];
    // All kinds share one count.
    for (let i = 0; i < 120; i++) {
      const input = i < 12 ? failing[i % 3]!() : guessable();
      expect([400, 409]).toContain((await signUp(input, client)).status);
    }
    for (const input of [guessable(), aSignup()]) {
      const { status, error } = await signUp(input, client);
      expect(status).toBe(429);
      expect(error.data.retryAfterMs).toBeLessThanOrEqual(60_000);
    }
    // Repeats are still answered, and other clients need not wait.
    expect((await signUp(first, client)).status).toBe(200);
    expect((await signUp(aSignup())).status).toBe(200);
  });

  it("are counted per /48 of IPv6 too, ten times as many", async () => {
    const site = aSite();
    const { failedSignups } = services.limits;
    const client = (i: number) => toClient(`${site}:${i}::1`);
    for (let i = 0; i < 1200; i++) await failedSignups.count(client(i % 10));
    const { status, error } = await signUp(aSignup(), client(11));
    expect(status).toBe(429);
    expect(error.data.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it("do not count if the fault was ours", async () => {
    const client = aClient();
    const away = createDb({ url: "postgres://127.0.0.1:1/none", pool: 1 });
    for (let i = 0; i < 3; i++) {
      const on = { ...services, db: away };
      expect((await post("createUser", aSignup(), { client, on })).status).toBe(503);
    }
    await away.destroy();
    expect(await services.limits.failedSignups.usage(client)).toMatchObject({ used: 0 });
  });
});

describe("sign-ups with mistakes", () => {
  it("are at most sixty per minute and client, and do not count as sign-ups", async () => {
    const client = aClient();
    const wrong = aSignup({ email: "ada" });
    for (let i = 0; i < 60; i++)
      expect((await signUp(wrong, client)).error.data.field).toBe("email");
    const { status, error } = await signUp(wrong, client);
    expect(status).toBe(429);
    expect(error.data.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect((await signUp(aSignup(), client)).status).toBe(200);
  });
});

describe("a successful sign-up", () => {
  it("can be repeated twenty times per hour, as each may be a guess at its password", async () => {
    const input = aSignup();
    expect((await signUp(input)).status).toBe(200);
    for (let i = 0; i < 20; i++) {
      const guess = { ...input, password: `vexed-otter-lantern-${i}` };
      expect((await signUp(guess)).error.data.field).toBe("requestId");
    }
    expectTooOften(await signUp(input));
    expect((await signUp(aSignup())).status).toBe(200);
  });
});

it("passwords for one verification are at most ten per hour, even the right one", async () => {
  const password = "vexed-otter-lantern-42";
  const user = await aUser(db, { passwordHash: await hashPassword(password) });
  const token = signId(services.env.APP_SECRET, "verification-link", user.verificationId);
  for (let i = 0; i < 10; i++) {
    expect((await post("verifyEmail", { token, password: `wrong ${i}` })).status).toBe(401);
  }
  const refused = await post("verifyEmail", { token, password });
  expectTooOften(refused);
  expect(refused.error.data.field).toBe("password");
  // The browser that signed up needs no password, so none is counted.
  expect((await post("verifyEmail", { token }, { cookie: cookieOf(user.id) })).status).toBe(200);
});
