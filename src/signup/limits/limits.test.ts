import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { scraper } from "#test/fixtures/scrape.ts";
import { PATIENCE, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { aUser } from "#test/fixtures/user.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import type { Services } from "#src/web/api/context.ts";
import { serve } from "#src/web/api/serve.ts";
import { toClient } from "#src/platform/client-address.ts";
import { createDb } from "#src/platform/db.ts";
import { toMailbox } from "./limits.ts";
import { signId } from "#src/platform/signed-id.ts";
import { hashPassword } from "../hash-password.ts";

const database = await testDatabase();
const { db } = database;
const redis = await ownRedis();
await redis.start();
const SIGNUPS_PER_HOUR = 12;
const services = await testServices(
  database,
  { REDIS_URL: redis.url, SIGNUPS_PER_HOUR: String(SIGNUPS_PER_HOUR) },
  PATIENCE,
);
await whenReady(services);

let clients = 0;
/** An IPv6 /48 that no other test uses. */
const aSite = () => `2001:db8:${(++clients).toString(16)}`;
/** A client that no other test uses. */
const aClient = () => `198.51.100.${++clients}`;
/** A mailbox that no other test uses. */
const aMailbox = () => aSignup().email;

interface Sender {
  client?: string;
  cookie?: string;
  on?: Services;
}

async function post(
  procedure: string,
  input: unknown,
  { client = aClient(), cookie = "", on = services }: Sender = {},
) {
  const headers = { "content-type": "application/json", "x-enlist-client": client, cookie };
  const url = `http://localhost:3000/api/trpc/${procedure}`;
  const init = { method: "POST", headers, body: JSON.stringify(input) };
  const response = await serve(new Request(url, init), on);
  const { result, error } = await response.json();
  return { status: response.status, result: result?.data, error, headers: response.headers };
}

const signUp = (input: unknown, client?: string) =>
  post("createUser", input, client ? { client } : {});

/** The cookie of the browser in which this user signed up. */
const cookieOf = (id: string) =>
  `enlist_signup=${signId(services.env.APP_SECRET, "signup-cookie", id)}`;

/** The id of this user's newest verification. */
const mailOf = async (id: string): Promise<string> =>
  (await db("users").where({ id }).first()).verification_id;

/** Moves this user's mails two minutes into the past. */
const rest = (id: string) =>
  db("email_verifications")
    .where({ user_id: id })
    .update({ created_at: db.raw("created_at - interval '2 minutes'") });

/** Expects TOO_MANY_REQUESTS, with a pause of at most an hour. */
function expectTooOften({ status, error, headers }: Awaited<ReturnType<typeof post>>): void {
  expect(status).toBe(429);
  expect(error.data.code).toBe("TOO_MANY_REQUESTS");
  expect(error.data.retryAfterMs).toBeGreaterThan(3_000_000);
  expect(error.data.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  expect(Number(headers.get("retry-after"))).toBe(Math.ceil(error.data.retryAfterMs / 1000));
}

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

describe("mails from one client, to any addresses", () => {
  const MAILS_PER_HOUR = 4;
  let limited: Services;
  beforeAll(async () => {
    const env = { REDIS_URL: redis.url, MAILS_PER_HOUR: String(MAILS_PER_HOUR) };
    limited = await testServices(database, env, PATIENCE);
    await whenReady(limited);
  });
  const ask = (procedure: string, input: unknown, client: string, cookie = "") =>
    post(procedure, input, { client, cookie, on: limited });
  /** Signs up from this client, and returns the user. */
  const signsUp = async (client: string, input = aSignup()) => {
    const { status, result } = await ask("createUser", input, client);
    expect(status).toBe(200);
    return { id: result.user.id as string, cookie: cookieOf(result.user.id) };
  };

  it("are at most MAILS_PER_HOUR, with repeats and corrections", async () => {
    const client = aClient();
    const first = await signsUp(client);
    const second = await signsUp(client);
    const corrected = await ask("correctEmail", { email: aMailbox() }, client, first.cookie);
    expect(corrected.status).toBe(200);
    await rest(second.id);
    const token = signId(limited.env.APP_SECRET, "verification-link", await mailOf(second.id));
    expect((await ask("resendVerification", { token }, client)).status).toBe(200);
    await rest(second.id);
    const before = await db("users").where({ id: second.id });
    expectTooOften(await ask("resendVerification", { token }, client));
    expectTooOften(await ask("resendVerification", {}, client, second.cookie));
    expectTooOften(await ask("correctEmail", { email: aMailbox() }, client, second.cookie));
    const refused = aSignup();
    expectTooOften(await ask("createUser", refused, client));
    expect(await db("users").where({ username: refused.username })).toEqual([]);
    expect(await db("users").where({ id: second.id })).toEqual(before);
    // Other sign-ups have their own count.
    expect((await ask("resendVerification", { token }, aClient())).status).toBe(200);
  });

  it("are counted per /64 of IPv6, and ten times as many per /48", async () => {
    const site = aSite();
    for (let i = 0; i < 10 * MAILS_PER_HOUR; i++) {
      await signsUp(toClient(`${site}:${i % 10}::${i + 1}`));
    }
    expectTooOften(await ask("createUser", aSignup(), toClient(`${site}:0::ffff`)));
    expectTooOften(await ask("createUser", aSignup(), toClient(`${site}:ffff::1`)));
    await signsUp(toClient(`${aSite()}:ffff::1`));
  });

  it("do not count for the address or the client if they were refused", async () => {
    const [client, email] = [aClient(), aMailbox()];
    const user = await signsUp(client);
    for (let i = 1; i < MAILS_PER_HOUR; i++) await signsUp(client);
    for (let i = 0; i < 12; i++) {
      expectTooOften(await ask("correctEmail", { email }, client, user.cookie));
    }
    await signsUp(aClient(), aSignup({ email }));
    // Refusals because of an address do not count for the client.
    const full = aMailbox();
    for (let i = 0; i < 10; i++) await signsUp(aClient(), aSignup({ email: full }));
    const other = aClient();
    for (let i = 0; i <= MAILS_PER_HOUR; i++) {
      expectTooOften(await ask("createUser", aSignup({ email: full }), other));
    }
    for (let i = 0; i < MAILS_PER_HOUR; i++) await signsUp(other);
  });

  it("do not count again if a sign-up or a correction is repeated", async () => {
    const client = aClient();
    const [input, email] = [aSignup(), aMailbox()];
    const { cookie } = await signsUp(client, input);
    for (let i = 0; i < MAILS_PER_HOUR; i++) await signsUp(client, input);
    for (let i = 0; i < MAILS_PER_HOUR; i++) {
      expect((await ask("correctEmail", { email }, client, cookie)).status).toBe(200);
    }
    await signsUp(client);
  });
});

describe("mails of the whole installation", () => {
  const total = async (env: Record<string, string>) => {
    const limited = await testServices(database, { REDIS_URL: redis.url, ...env }, PATIENCE);
    await whenReady(limited);
    const metrics = () =>
      Promise.all(
        ["enlist_mails_counted", "enlist_mails_limit"].map(
          scraper({ db, jobs: limited.jobs, log: limited.log, limits: limited.limits }).valueOf,
        ),
      );
    return { signs: (input = aSignup()) => post("createUser", input, { on: limited }), metrics };
  };

  it("are at most MAILS_PER_HOUR_TOTAL, from any client, and the metrics show the count", async () => {
    const { signs, metrics } = await total({ MAILS_PER_HOUR_TOTAL: "3" });
    expect(await metrics()).toEqual([0, 3]);
    for (let i = 0; i < 3; i++) expect((await signs()).status).toBe(200);
    const refused = aSignup();
    expectTooOften(await signs(refused));
    expect(await db("users").where({ username: refused.username })).toEqual([]);
    expect(await metrics()).toEqual([3, 3]);
  });

  it("are unlimited without it", async () => {
    const { signs, metrics } = await total({ MAILS_PER_HOUR: "1" });
    for (let i = 0; i < 5; i++) expect((await signs()).status).toBe(200);
    expect(await metrics()).toEqual([0, 0]);
  });

  it("are counted by each process while Redis is unavailable, if mails are then owed", async () => {
    const cut = await startTcpProxy(redis.url);
    const { signs } = await total({
      MAILS_PER_HOUR_TOTAL: "2",
      REDIS_URL: cut.url,
      WHEN_REDIS_IS_AWAY: "owe",
    });
    cut.cut();
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await signs()).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    await cut.close();
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

it.each([
  ["Ada+news@Example.com", "ada@example.com"],
  ["ada@example.com", "ada@example.com"],
  ["a+b+c@example.com", "a@example.com"],
  ["+@example.com", "+@example.com"],
  ["A.da.l+x@googlemail.com", "adal@gmail.com"],
  ["a.da@example.com", "a.da@example.com"],
])("%s belongs to the mailbox %s", (email, mailbox) => expect(toMailbox(email)).toBe(mailbox));
