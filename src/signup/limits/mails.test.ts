import { beforeAll, describe, expect, it } from "vitest";
import { aClient, aMailbox, aSite, expectTooOften, testLimits } from "#test/fixtures/limits.ts";
import { scraper } from "#test/fixtures/scrape.ts";
import { PATIENCE, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import type { Services } from "#src/web/api/context.ts";
import { toClient } from "#src/platform/client-address.ts";
import { signId } from "#src/platform/signed-id.ts";

const { database, db, redis, post, cookieOf, rest } = await testLimits();

/** The id of this user's newest verification. */
const mailOf = async (id: string): Promise<string> =>
  (await db("users").where({ id }).first()).verification_id;

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
