import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { testServices } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { signId, type Secrets } from "#src/platform/signed-id.ts";
import type { NewUser } from "./create-user-tx.ts";
import { hashPassword } from "./hash-password.ts";
import { verifyEmail } from "./verify-email.ts";

const database = await testDatabase();
const { db } = database;
const { announce, limits, returns } = await testServices(database);
const secrets: Secrets = ["a secret for the tests that is long enough"];
const PASSWORD = "vexed-otter-lantern-42";
const passwordHash = await hashPassword(PASSWORD);

async function aClaim(email?: string): Promise<NewUser & { token: string }> {
  const user = await aUser(db, { passwordHash, ...(email ? { email } : {}) });
  return { ...user, token: signId(secrets, "verification-link", user.verificationId) };
}

const verify = (token: string, signedUpUserId: string | null, password?: string) =>
  verifyEmail({ db, announce, limits, returns, secrets, signedUpUserId }, { token, password });

async function verifiedAt(user: NewUser): Promise<Date | null> {
  return (await db("users").where({ id: user.id }).first()).email_verified_at;
}

describe("verifyEmail", () => {
  it("needs nothing more in the browser that signed up", async () => {
    const claim = await aClaim();
    expect(await verify(claim.token, claim.id)).toEqual({ status: "verified" });
    expect(await verifiedAt(claim)).toBeInstanceOf(Date);
    const used = await db("email_verifications").where({ id: claim.verificationId }).first();
    expect(used.used_at).toBeInstanceOf(Date);
  });

  it.each([
    ["no cookie", null],
    ["the cookie of another sign-up", randomUUID()],
  ])("asks for the password with %s", async (_, cookie) => {
    const claim = await aClaim();
    const refusal = { code: "UNAUTHORIZED", field: "password" };
    await expect(verify(claim.token, cookie)).rejects.toMatchObject(refusal);
    await expect(verify(claim.token, cookie, "")).rejects.toMatchObject(refusal);
    await expect(verify(claim.token, cookie, `${PASSWORD}x`)).rejects.toMatchObject(refusal);
    expect(await verifiedAt(claim)).toBeNull();
    const proven = { status: "verified", provenUserId: claim.id };
    expect(await verify(claim.token, cookie, PASSWORD)).toEqual(proven);
  });

  it("accepts a password whole, to the last of its 256 characters", async () => {
    const long = `${"vexed-otter-".repeat(21)}4242`;
    const user = await aUser(db, { passwordHash: await hashPassword(long) });
    const token = signId(secrets, "verification-link", user.verificationId);
    expect(long).toHaveLength(256);
    for (const other of [
      `${long.slice(0, -1)}3`,
      long.slice(0, -1),
      ` ${long}`,
      long.toUpperCase(),
    ])
      await expect(verify(token, null, other)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(await verify(token, null, long)).toMatchObject({ status: "verified" });
  });

  it("says that the account is already verified, without asking for anything", async () => {
    const claim = await aClaim();
    await verify(claim.token, claim.id);
    const at = await verifiedAt(claim);
    expect(await verify(claim.token, null)).toEqual({ status: "already-verified" });
    expect(await verifiedAt(claim)).toEqual(at);
  });

  it("verifies once if two clicks race", async () => {
    const claim = await aClaim();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => verify(claim.token, claim.id)),
    );
    expect(answers.filter(({ status }) => status === "verified")).toHaveLength(1);
  });

  it.each(["", "x", "A".repeat(64)])("refuses the unknown token %j", async (token) => {
    await expect(verify(token, null)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("refuses a token that another secret signed", async () => {
    const claim = await aClaim();
    const token = signId(["another secret"], "verification-link", claim.verificationId);
    await expect(verify(token, claim.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    ["its time is over", { expires_at: new Date(Date.now() - 1) }],
    ["the address has been corrected since", { email: "old@example.com" }],
  ])("refuses a link if %s", async (_, change) => {
    const claim = await aClaim();
    await db("email_verifications").where({ id: claim.verificationId }).update(change);
    await expect(verify(claim.token, claim.id)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    expect(await verifiedAt(claim)).toBeNull();
  });

  it("refuses a link if its claim is gone", async () => {
    const claim = await aClaim();
    await db("users").where({ id: claim.id }).delete();
    await expect(verify(claim.token, claim.id)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
  });

  it("gives an address to the first who verifies it, in any letter case", async () => {
    const email = `${randomUUID()}@example.com`;
    const first = await aClaim(email);
    const second = await aClaim(email.toUpperCase());
    await verify(second.token, second.id);
    await expect(verify(first.token, first.id)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: expect.stringContaining("already belongs"),
    });
    expect(await verifiedAt(first)).toBeNull();
  });
});
