import { describe, expect, it } from "vitest";
import { isBlocked, testDatabase } from "#test/fixtures/database.ts";
import { aUser } from "#test/fixtures/user.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { signId, type Secrets } from "#src/platform/signed-id.ts";
import { discardSignup } from "./discard-signup.ts";

const { db } = await testDatabase();
const secrets: Secrets = ["a secret for the tests that is long enough"];

const tokenOf = (user: { verificationId: string }) =>
  signId(secrets, "verification-link", user.verificationId);
const discard = (token: string) => discardSignup({ db, secrets }, token);
const usersNamed = (username: string) => db("users").where({ username });

describe("discardSignup", () => {
  it("deletes the claim, which frees the username, and gives the same answer again", async () => {
    const user = await aUser(db);
    expect(await discard(tokenOf(user))).toEqual({ status: "discarded" });
    expect(await usersNamed(user.username)).toEqual([]);
    expect(await db("email_verifications").where({ user_id: user.id })).toEqual([]);
    await aUser(db, { username: user.username });
    expect(await discard(tokenOf(user))).toEqual({ status: "discarded" });
    expect(await usersNamed(user.username)).toHaveLength(1);
  });

  it("leaves a verified account alone", async () => {
    const user = await aUser(db);
    await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
    await expect(discard(tokenOf(user))).rejects.toMatchObject({ code: "PRECONDITION_FAILED" });
    expect(await usersNamed(user.username)).toHaveLength(1);
  });

  it("leaves a claim alone if it has moved to another address", async () => {
    const user = await aUser(db);
    await db("users")
      .where({ id: user.id })
      .update({ email: `right.${user.email}` });
    expect(await discard(tokenOf(user))).toEqual({ status: "discarded" });
    expect(await usersNamed(user.username)).toHaveLength(1);
  });

  it.each([
    ["moves to another address", { email: "moved@example.com" }, "fulfilled"],
    ["is verified", { email_verified_at: new Date() }, "rejected"],
  ])("leaves a claim alone if it %s at that moment", async (_, change, ends) => {
    const user = await aUser(db);
    const tx = await db.transaction();
    await tx("users").where({ id: user.id }).update(change);
    const discarding = Promise.allSettled([discard(tokenOf(user))]);
    await waitFor("the discarding to wait", () => isBlocked(db));
    await tx.commit();
    const [answer] = await discarding;
    expect(answer.status).toBe(ends);
    expect(await usersNamed(user.username)).toHaveLength(1);
  });

  it("refuses an unknown token", async () => {
    const user = await aUser(db);
    const forged = signId(["another secret"], "verification-link", user.verificationId);
    await expect(discard(forged)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await usersNamed(user.username)).toHaveLength(1);
  });
});
