import { describe, expect, it } from "vitest";
import { aClient, aMailbox, expectTooOften, testLimits } from "#test/fixtures/limits.ts";
import { aSignup } from "#test/system/person.ts";
import { aUser } from "#test/fixtures/user.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import { createDb } from "#src/platform/db.ts";

const { database, db, services, post, signUp, cookieOf, rest } = await testLimits();

describe("sign-ups with one address", () => {
  it("are at most five per hour and client, in any spelling, with an error at the field", async () => {
    const client = aClient();
    const email = aMailbox();
    const [local, host] = email.split("@");
    for (let i = 0; i < 5; i++) {
      const spelt = i % 2 ? email.toUpperCase() : `${local}+${i}@${host}`;
      expect((await signUp(aSignup({ email: spelt }), client)).status).toBe(200);
    }
    const refused = await signUp(aSignup({ email }), client);
    expectTooOften(refused);
    expect(refused.error.data.field).toBe("email");
    expect((await signUp(aSignup({ email }))).status).toBe(200);
    expect((await signUp(aSignup(), client)).status).toBe(200);
  });

  it("do not count if they create no user", async () => {
    const email = aMailbox();
    const client = aClient();
    const taken = (await aUser(db)).username;
    for (let i = 0; i < 7; i++) await signUp(aSignup({ email, username: taken }), client);
    expect((await signUp(aSignup({ email }), client)).status).toBe(200);
  });
});

it("a sign-up that a lost COMMIT undid does not count for its address", async () => {
  const line = await startTcpProxy(database.url);
  const losing = createDb({ url: line.url, pool: 1 });
  const [client, email] = [aClient(), aMailbox()];
  for (let i = 0; i < 6; i++) {
    line.onceSent("COMMIT", () => {
      line.cut();
      line.restore();
    });
    const lost = await post("createUser", aSignup({ email }), {
      client,
      on: { ...services, db: losing },
    });
    expect(lost.status).toBe(503);
  }
  expect((await signUp(aSignup({ email }), client)).status).toBe(200);
  await losing.destroy();
  await line.close();
});

describe("mails to one address", () => {
  it("are at most ten per hour, from any client and by any procedure", async () => {
    const email = aMailbox();
    for (let i = 0; i < 8; i++) expect((await signUp(aSignup({ email }))).status).toBe(200);
    const user = await aUser(db);
    const cookie = cookieOf(user.id);
    expect((await post("correctEmail", { email }, { cookie })).status).toBe(200);
    await rest(user.id);
    expect((await post("resendVerification", {}, { cookie })).status).toBe(200);
    await rest(user.id);
    const before = await db("users").where({ id: user.id });
    expectTooOften(await post("resendVerification", {}, { cookie }));
    expectTooOften(await signUp(aSignup({ email })));
    expect(await db("users").where({ id: user.id })).toEqual(before);
    expect((await post("correctEmail", { email: aMailbox() }, { cookie })).status).toBe(200);
  });

  it("are at most ten more per hour and sign-up, to any addresses", async () => {
    const user = await aUser(db);
    const cookie = cookieOf(user.id);
    for (let i = 0; i < 10; i++) {
      await rest(user.id);
      expect((await post("correctEmail", { email: aMailbox() }, { cookie })).status).toBe(200);
    }
    await rest(user.id);
    expectTooOften(await post("correctEmail", { email: aMailbox() }, { cookie }));
  });
});
