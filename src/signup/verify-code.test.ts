import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { noReturns } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { codeFor, type Secrets } from "#src/platform/signed-id.ts";
import { resendVerificationTx } from "./resend-verification-tx.ts";
import { verifyCode } from "./verify-code.ts";

const { db } = await testDatabase();
const secrets: Secrets = ["a secret for the tests that is long enough"];

const verify = (signedUpUserId: string | null, code: string) =>
  verifyCode({ db, announce: async () => {}, returns: noReturns, secrets, signedUpUserId }, code);

/** Any other code. */
const wrong = (code: string) => code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));

async function aClaim(email?: string) {
  const user = await aUser(db, email ? { email } : {});
  return { ...user, code: codeFor(secrets, user.verificationId) };
}

const rowOf = (id: string) => db("users").where({ id }).first();
const spentOf = async (verificationId: string) =>
  (await db("email_verifications").where({ id: verificationId }).first()).code_attempts;

/** Requests a second mail. */
async function resend(userId: string): Promise<string> {
  await db.raw("update email_verifications set created_at = now() - interval '1 hour'");
  let resent = "";
  await resendVerificationTx(db, {
    userId,
    verificationTtlHours: 24,
    claimTtlHours: 168,
    afterCreate: async ({ verificationId }) => void (resent = verificationId),
  });
  return resent;
}

const WRONG = { code: "BAD_REQUEST", field: "code" };
const USED_UP = { code: "PRECONDITION_FAILED", field: "code" };

describe("verifyCode", () => {
  it("verifies in the browser that signed up, and a repeat says so", async () => {
    const claim = await aClaim();
    expect(await verify(claim.id, claim.code)).toEqual({ status: "verified" });
    const verified = await rowOf(claim.id);
    expect(verified.email_verified_at).toBeInstanceOf(Date);
    expect(await verify(claim.id, claim.code)).toEqual({ status: "already-verified" });
    expect(await rowOf(claim.id)).toEqual(verified);
    expect(await spentOf(claim.verificationId)).toBe(1);
  });

  it("is refused in another browser", async () => {
    const claim = await aClaim();
    const other = await aClaim();
    await expect(verify(null, claim.code)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(verify(other.id, claim.code)).rejects.toMatchObject(WRONG);
    await expect(verify(randomUUID(), claim.code)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await rowOf(claim.id)).email_verified_at).toBeNull();
  });

  it("allows nine wrong codes, but not ten", async () => {
    const [patient, guesser] = [await aClaim(), await aClaim()];
    for (let guess = 1; guess <= 9; guess++) {
      await expect(verify(patient.id, wrong(patient.code))).rejects.toMatchObject(WRONG);
      await expect(verify(guesser.id, wrong(guesser.code))).rejects.toMatchObject(WRONG);
    }
    expect(await verify(patient.id, patient.code)).toEqual({ status: "verified" });
    await expect(verify(guesser.id, wrong(guesser.code))).rejects.toMatchObject(WRONG);
    await expect(verify(guesser.id, guesser.code)).rejects.toMatchObject(USED_UP);
  });

  it("counts concurrent guesses", async () => {
    const claim = await aClaim();
    // Not many more than connections: a busy machine must not refuse any for want of one.
    const guesses = Array.from({ length: 13 }, () => verify(claim.id, wrong(claim.code)));
    const reasons = (await Promise.allSettled(guesses)).map(
      (answer) => answer.status === "rejected" && answer.reason.code,
    );
    expect(reasons.filter((code) => code === "BAD_REQUEST")).toHaveLength(10);
    expect(reasons.filter((code) => code === "PRECONDITION_FAILED")).toHaveLength(3);
    expect(await spentOf(claim.verificationId)).toBe(10);
  });

  it("accepts only the newest mail's code, with its own attempts", async () => {
    const claim = await aClaim();
    for (let guess = 1; guess <= 10; guess++) {
      await expect(verify(claim.id, wrong(claim.code))).rejects.toMatchObject(WRONG);
    }
    const newest = codeFor(secrets, await resend(claim.id));
    await expect(verify(claim.id, claim.code)).rejects.toMatchObject(WRONG);
    expect(await verify(claim.id, newest)).toEqual({ status: "verified" });
  });

  it("says that it has expired, without using an attempt", async () => {
    const claim = await aClaim();
    await db("email_verifications")
      .where({ id: claim.verificationId })
      .update({ expires_at: db.fn.now() });
    await expect(verify(claim.id, claim.code)).rejects.toMatchObject(USED_UP);
    expect(await spentOf(claim.verificationId)).toBe(0);
  });

  it("does not verify an address that belongs to another account", async () => {
    const [first, second] = [
      await aClaim("Shared@example.com"),
      await aClaim("shared@example.com"),
    ];
    expect(await verify(first.id, first.code)).toEqual({ status: "verified" });
    await expect(verify(second.id, second.code)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: expect.stringContaining("already belongs"),
    });
    expect((await rowOf(second.id)).email_verified_at).toBeNull();
  });
});
