import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { PATIENCE, testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { serve } from "#src/web/api/serve.ts";
import { isUsernameAvailable } from "./is-username-available.ts";

const database = await testDatabase();
const redisServer = await ownRedis();
const redis = await redisServer.start();
const services = await testServices(database, { REDIS_URL: redis.url });
const admin = new Redis(redis.url, { maxRetriesPerRequest: null });
admin.on("error", () => {});
await whenReady(services);
afterAll(() => admin.disconnect());

let clients = 0;
/** A client that no other test uses. */
const aClient = () => `198.51.100.${++clients}`;

/** Asks over HTTP, with the header that sanitize-request.ts sets. */
async function ask(client: string, username: unknown, on = services) {
  const started = performance.now();
  const input = encodeURIComponent(JSON.stringify({ username }));
  const response = await serve(
    new Request(`http://localhost:3000/api/trpc/usernameAvailable?input=${input}`, {
      headers: { "x-enlist-client": client },
    }),
    on,
  );
  const { result, error } = await response.json();
  const { status, headers } = response;
  const ms = performance.now() - started;
  return { status, headers, ms, available: result?.data.available, error };
}

/** Counts the statuses of several requests. One at a time, because a busy machine is slow. */
async function askOften(client: string, times: number, on = services) {
  const counts: Record<number, number> = {};
  for (let i = 0; i < times; i++) {
    const { status } = await ask(client, "nobody", on);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

describe("a username", () => {
  it("is free until someone has it, verified or not", async () => {
    const { username } = await aUser(database.db);
    expect(await ask(aClient(), username)).toMatchObject({ status: 200, available: false });
    expect(await ask(aClient(), `${username}_2`)).toMatchObject({ status: 200, available: true });
    await database.db("users").where({ username }).delete();
    expect(await ask(aClient(), username)).toMatchObject({ available: true });
  });

  it("is looked up as text, even if it is SQL", async () => {
    const { username } = await aUser(database.db);
    for (const name of [`${username}' --`, "' or true --", "' or ''='", "?", "$1", username + "\\"])
      expect(await isUsernameAvailable(services, name)).toBe(true);
    expect(await isUsernameAvailable(services, username)).toBe(false);
  });

  it.each(["ab", "Ada", "a b", "a".repeat(101), "", null, 7])("is refused as %j", async (name) => {
    const { status, error } = await ask(aClient(), name);
    expect(status).toBe(400);
    expect(error.data.field).toBe("username");
  });
});

describe("the limit on username checks", async () => {
  const patient = await testServices(database, { REDIS_URL: redis.url }, PATIENCE);

  it("is sixty per minute and client, and says when to try again", async () => {
    await whenReady(patient);
    const [client, other] = [aClient(), aClient()];
    expect(await askOften(client, 70, patient)).toEqual({ 200: 60, 429: 10 });
    const { error, headers } = await ask(client, "nobody", patient);
    expect(error.data.code).toBe("TOO_MANY_REQUESTS");
    expect(error.data.retryAfterMs).toBeGreaterThan(50_000);
    expect(error.data.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(50);
    expect(await askOften(other, 1, patient)).toEqual({ 200: 1 });
  });

  it("is shared by all processes, and Redis stores no address", async () => {
    const client = aClient();
    await askOften(client, 60, patient);
    const { REDIS_PREFIX } = patient.env;
    const second = await testServices(database, { REDIS_URL: redis.url, REDIS_PREFIX }, PATIENCE);
    await whenReady(second);
    await waitFor("the other process's refusal", async () => {
      return (await ask(client, "nobody", second)).status === 429;
    });
    const keys = await admin.keys("*:limit:*");
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).not.toContain("198.51.100");
      expect(await admin.pttl(key)).toBeGreaterThan(0);
    }
  });

  it("can be switched off", async () => {
    const off = await testServices(database, { REDIS_URL: redis.url, RATE_LIMITS: "off" });
    const client = aClient();
    for (let i = 0; i < 65; i++) expect((await ask(client, "nobody", off)).status).toBe(200);
  });
});

describe("while Redis is in trouble", () => {
  it("counts in the process if it hangs, and no answer is slow", async () => {
    const client = aClient();
    redis.program.signal("SIGSTOP");
    const first = await ask(client, "nobody");
    expect(first.status).toBe(200);
    expect(first.ms).toBeLessThan(5000); // Unguarded, it waits for Redis.
    expect(await askOften(client, 69)).toEqual({ 200: 59, 429: 10 });
    redis.program.signal("SIGCONT");
    await whenReady(services);
  });

  it("counts in the process if it is down, and in Redis again once it is back", async () => {
    const client = aClient();
    await redis.program.stop();
    expect(await askOften(client, 70)).toEqual({ 200: 60, 429: 10 });
    await redisServer.start();
    await waitFor("Redis to count", async () => {
      await ask(aClient(), "nobody");
      return (await admin.keys("*:limit:*")).length > 0;
    });
  });
});
