import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Signup } from "#test/system/person.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aSignup } from "#test/system/person.ts";
import type { RedisServer } from "#test/servers/redis.ts";
import { appRouter } from "#src/web/api/router.ts";

const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
const services = await testServices(database, { REDIS_URL: redisServer.url });

const signUp = (input: Signup) => appRouter.createCaller(testContext(services)).createUser(input);

const onlyNames = ({ username, email }: Signup) => ({ username, email });

const usersOf = (input: Signup) => db("users").where({ username: input.username });

describe("createUser", () => {
  let redis: RedisServer;

  beforeEach(async () => {
    redis = await redisServer.start();
    await whenReady(services);
  });

  it("F6 returns the first result if the same request is repeated", async () => {
    const input = aSignup();
    const first = await signUp(input);
    expect(await signUp(input)).toEqual(first);
    expect(await usersOf(input)).toHaveLength(1);
    expect(await db("email_verifications").where({ user_id: first.user.id })).toHaveLength(1);
  });

  it("F6 returns the first result even if Redis is down by then", async () => {
    const input = aSignup();
    const first = await signUp(input);
    await redis.program.stop();
    expect(await signUp(input)).toEqual(first);
  });

  it("F6 creates one user and one answer if ten copies race", async () => {
    const input = aSignup();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(input)));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    expect(await usersOf(input)).toHaveLength(1);
  });

  it.each<[what: string, other: () => Partial<Signup>]>([
    ["another password", () => ({ password: "another-vexed-lantern" })],
    ["other names but a copied requestId and password", () => onlyNames(aSignup())],
  ])("does not return the first result to a request with %s", async (_, other) => {
    const input = aSignup();
    await signUp(input);
    const context = testContext(services);
    const again = appRouter.createCaller(context).createUser({ ...input, ...other() });
    await expect(again).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.not.stringContaining(input.email),
      cause: { field: "requestId" },
    });
    expect(context.responseHeaders.get("set-cookie")).toBeNull();
    expect(await db("users").where({ signup_request_id: input.requestId })).toHaveLength(1);
  });

  it.each<[what: string, change: (input: Signup) => Partial<Signup>]>([
    ["the address is in another case", ({ email }) => ({ email: email.toUpperCase() })],
    ["the address was changed meanwhile", () => ({ email: aSignup().email })],
    ["the username was changed meanwhile", () => ({ username: aSignup().username })],
  ])("returns the first result even if %s", async (_, change) => {
    const input = aSignup();
    const first = await signUp(input);
    expect(await signUp({ ...input, ...change(input) })).toEqual(first);
  });

  it("names the username if another sign-up has it", async () => {
    const { username } = aSignup();
    await signUp(aSignup({ username }));
    await expect(signUp(aSignup({ username }))).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { field: "username" },
    });
    expect(await db("users").where({ username })).toHaveLength(1);
  });

  it("gives a username to exactly one of ten sign-ups", async () => {
    const { username } = aSignup();
    const tries = Array.from({ length: 10 }, () => signUp(aSignup({ username })));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db("users").where({ username })).toHaveLength(1);
  });

  it("answers the same whether or not the address has an account", async () => {
    const known = aSignup();
    await signUp(known);
    await db("users")
      .where({ username: known.username })
      .update({ email_verified_at: db.fn.now() });
    const { user } = await signUp(aSignup({ email: known.email.toUpperCase() }));
    expect(user).toEqual({
      id: expect.any(String),
      username: expect.any(String),
      fullName: "Ada Lovelace",
      email: known.email.toUpperCase(),
      emailVerifiedAt: null,
      createdAt: expect.any(String),
    });
  });

  it("keeps the password only as an Argon2id hash", async () => {
    const input = aSignup();
    await signUp(input);
    const [row] = await usersOf(input);
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.toContain(input.password);
  });

  it("sets the cookie that identifies this browser", async () => {
    const context = testContext(services);
    await appRouter.createCaller(context).createUser(aSignup({ requestId: randomUUID() }));
    expect(context.responseHeaders.get("set-cookie")).toMatch(
      /^enlist_signup=[\w-]{64}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
  });
});
