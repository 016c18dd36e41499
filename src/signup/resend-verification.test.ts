import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { isBlocked, testDatabase } from "#test/fixtures/database.ts";
import { readJob } from "#test/fixtures/job-row.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testContext, testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { appRouter } from "#src/web/api/router.ts";
import { signId } from "#src/platform/signed-id.ts";
import type { NewUser } from "./create-user-tx.ts";
import { resendVerificationTx } from "./resend-verification-tx.ts";

const database = await testDatabase();
const { db } = database;
const redisServer = await ownRedis();
const services = await testServices(database, { REDIS_URL: redisServer.url });
const secrets = services.env.APP_SECRET;

beforeEach(async () => {
  await redisServer.start();
  await whenReady(services);
});

/** The API in the browser in which this user signed up. */
function callerOf(user: { id: string }) {
  const cookie = `enlist_signup=${signId(secrets, "signup-cookie", user.id)}`;
  return appRouter.createCaller(testContext(services, cookie));
}

const stranger = appRouter.createCaller(testContext(services));
const linkOf = (verificationId: string) => signId(secrets, "verification-link", verificationId);
const verificationsOf = (user: { id: string }) =>
  db("email_verifications").where({ user_id: user.id }).orderBy("created_at");
const rowOf = (user: { id: string }) => db("users").where({ id: user.id }).first();

/** Moves this user's mails this many seconds into the past. */
const age = (user: { id: string }, seconds: number) =>
  db.raw(
    `update email_verifications set created_at = created_at - make_interval(secs => ?) where user_id = ?`,
    [seconds, user.id],
  );

/** Creates a user whose last mail was a while ago. */
async function mailed(): Promise<NewUser> {
  const user = await aUser(db);
  await db("email_verifications").where({ user_id: user.id }).update({ sent_at: db.fn.now() });
  await age(user, 61);
  return user;
}

describe("resendVerification", () => {
  it("creates a new verification, whose mail is owed, together with its job", async () => {
    const user = await mailed();
    expect(await callerOf(user).resendVerification()).toEqual({ email: user.email });
    const [first, second, ...more] = await verificationsOf(user);
    expect(more).toEqual([]);
    expect(first.id).toBe(user.verificationId);
    expect(second).toMatchObject({ email: user.email, sent_at: null });
    expect((await rowOf(user)).verification_id).toBe(second.id);
    expect(await readJob(db, second.id)).toMatchObject({
      name: "verify-email",
      payload: { verificationId: second.id },
      outcome: null,
    });
  });

  it("is written in the language that the person has changed to, and so are later ones", async () => {
    const user = await mailed();
    expect((await rowOf(user)).language).toBe("en");
    await callerOf(user).resendVerification({ language: "pt-PT" });
    expect((await rowOf(user)).language).toBe("pt-BR");
    await age(user, 61);
    await callerOf(user).resendVerification();
    expect((await rowOf(user)).language).toBe("pt-BR");
    await age(user, 61);
    await callerOf(user).correctEmail({ email: `new.${user.email}`, language: "ja" });
    expect((await rowOf(user)).language).toBe("ja");
    await expect(callerOf(user).resendVerification({ language: "pt_BR!" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("keeps a minute between two mails, and says how much of it is left", async () => {
    const user = await mailed();
    await callerOf(user).resendVerification();
    await age(user, 20);
    const error = await callerOf(user)
      .resendVerification()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    const { retryAfterMs } = (error as { cause: { retryAfterMs: number } }).cause;
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThanOrEqual(40_000);
    expect(await verificationsOf(user)).toHaveLength(2);
    await age(user, 41);
    await callerOf(user).resendVerification();
  });

  it("sends one mail for two concurrent requests", async () => {
    const user = await mailed();
    const resend = (afterCreate: () => Promise<unknown>) =>
      resendVerificationTx(db, {
        userId: user.id,
        verificationTtlHours: 24,
        claimTtlHours: 168,
        afterCreate,
      });
    let second: Promise<string> | undefined;
    await resend(async () => {
      second = resend(async () => {});
      second.catch(() => {}); // It is checked below.
      await waitFor("the second to wait for the first", () => isBlocked(db));
    });
    await expect(second).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(await verificationsOf(user)).toHaveLength(2);
  });

  it("changes nothing while Redis is unavailable, and can be repeated", async () => {
    const user = await mailed();
    const jobsBefore = await db("tx_jobs");
    const redis = await redisServer.start();
    redis.program.signal("SIGSTOP");
    const asked = callerOf(user).correctEmail({ email: `new.${user.email}` });
    await expect(asked).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: expect.stringContaining("Nothing was saved"),
    });
    expect(await verificationsOf(user)).toHaveLength(1);
    expect(await rowOf(user)).toMatchObject({
      email: user.email,
      verification_id: user.verificationId,
    });
    expect(await db("tx_jobs")).toEqual(jobsBefore);
    redis.program.signal("SIGCONT");
    await whenReady(services);
    await callerOf(user).correctEmail({ email: `new.${user.email}` });
    expect((await rowOf(user)).email).toBe(`new.${user.email}`);
  });

  it("works with a link, expired or not, in any browser", async () => {
    const user = await mailed();
    await db("email_verifications").where({ user_id: user.id }).update({ expires_at: db.fn.now() });
    const token = linkOf(user.verificationId);
    expect(await stranger.resendVerification({ token })).toEqual({ email: user.email });
    expect(await verificationsOf(user)).toHaveLength(2);
  });

  it("sends no new mail for a sign-up that is about to be deleted", async () => {
    const user = await mailed();
    const created_at = new Date(Date.now() - 169 * 3_600_000);
    await db("users").where({ id: user.id }).update({ created_at });
    await expect(callerOf(user).resendVerification()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuses strangers, forged links, verified accounts, and deleted sign-ups", async () => {
    const user = await mailed();
    await expect(stranger.resendVerification()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(
      stranger.resendVerification({ token: `z${linkOf(user.verificationId).slice(1)}` }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(callerOf({ id: randomUUID() }).resendVerification()).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
    await expect(callerOf(user).resendVerification()).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
  });
});

describe("correctEmail", () => {
  it("does not wait for the mail that went astray, but for an earlier correction", async () => {
    const user = await aUser(db);
    const [right, other] = [`o'right--.${user.email}`, `other.${user.email}`];
    expect(await callerOf(user).correctEmail({ email: right })).toEqual({ email: right });
    const again = { code: "TOO_MANY_REQUESTS" };
    await expect(callerOf(user).correctEmail({ email: other })).rejects.toMatchObject(again);
    // Repeated after a lost answer: it is not done twice.
    expect(await callerOf(user).correctEmail({ email: right })).toEqual({ email: right });
    expect(await verificationsOf(user)).toHaveLength(2);
    await expect(callerOf(user).correctEmail({ email: user.email })).rejects.toMatchObject(again);
    await age(user, 61);
    expect(await callerOf(user).correctEmail({ email: other })).toEqual({ email: other });
  });

  it("treats an address in other letter case as the same mailbox", async () => {
    const user = await aUser(db);
    await expect(
      callerOf(user).correctEmail({ email: user.email.toUpperCase() }),
    ).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  it("tells the old address that it was replaced, even after verification", async () => {
    const user = await aUser(db);
    await callerOf(user).correctEmail({ email: `right.${user.email}` });
    await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
    const token = linkOf(user.verificationId);
    const moved = { message: expect.stringContaining("address was changed") };
    await expect(stranger.verifyEmail({ token })).rejects.toMatchObject(moved);
    await expect(stranger.inspectLink({ token })).rejects.toMatchObject(moved);
  });

  it("disables the link to the old address, for confirming and for new mails", async () => {
    const user = await aUser(db);
    await callerOf(user).correctEmail({ email: `right.${user.email}` });
    const token = linkOf(user.verificationId);
    await expect(callerOf(user).verifyEmail({ token })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: expect.stringContaining("address was changed"),
    });
    await expect(stranger.resendVerification({ token })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const [, right] = await verificationsOf(user);
    expect(await callerOf(user).verifyEmail({ token: linkOf(right.id) })).toEqual({
      status: "verified",
    });
  });

  it("leaves a verified address alone, and works only in the browser that signed up", async () => {
    const user = await mailed();
    const email = `new.${user.email}`;
    await expect(stranger.correctEmail({ email })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
    await expect(callerOf(user).correctEmail({ email })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    expect((await rowOf(user)).email).toBe(user.email);
    expect(await verificationsOf(user)).toHaveLength(1);
  });

  it("names the field if the address is invalid", async () => {
    const user = await aUser(db);
    await expect(callerOf(user).correctEmail({ email: "ada@" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    expect((await rowOf(user)).email).toBe(user.email);
  });

  it("answers the same if the address has an account", async () => {
    const owner = await aUser(db);
    await db("users").where({ id: owner.id }).update({ email_verified_at: db.fn.now() });
    const user = await aUser(db);
    expect(await callerOf(user).correctEmail({ email: owner.email })).toEqual({
      email: owner.email,
    });
  });
});
