import { describe, expect, it } from "vitest";
import type { NewUser } from "#src/signup/create-user-tx.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { aUser, enqueueUnrung } from "#test/fixtures/user.ts";
import { reap } from "./reap.ts";

const { db } = await testDatabase();

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** Inserts a sign-up made this many hours ago, whose link worked for a day. */
async function age({ id }: NewUser, hours: number): Promise<void> {
  await db("users")
    .where({ id })
    .update({ created_at: hoursAgo(hours) });
  await db("email_verifications")
    .where({ user_id: id })
    .update({ created_at: hoursAgo(hours), expires_at: hoursAgo(hours - 24) });
}

const exists = async (user: NewUser) => (await db("users").where({ id: user.id })).length === 1;

describe("the reaper", () => {
  it("deletes expired claims with their verifications, and nothing else", async () => {
    const [expired, young, verified] = [await aUser(db), await aUser(db), await aUser(db)];
    await age(expired, 169);
    await age(young, 167);
    await age(verified, 10_000);
    await db("users").where({ id: verified.id }).update({ email_verified_at: new Date() });
    expect(await reap(db, 168)).toBe(1);
    expect(await exists(expired)).toBe(false);
    expect(await db("email_verifications").where({ user_id: expired.id })).toEqual([]);
    expect(await exists(young)).toBe(true);
    expect(await exists(verified)).toBe(true);
  });

  it("keeps a claim whose newest link still works", async () => {
    const claim = await aUser(db);
    await age(claim, 200);
    const mails = db("email_verifications").where({ user_id: claim.id });
    await mails.clone().update({ expires_at: hoursAgo(-1) });
    expect(await reap(db, 168)).toBe(0);
    await mails.clone().update({ expires_at: hoursAgo(1) });
    expect(await reap(db, 168)).toBe(1);
  });

  it("keeps a claim whose mail is still owed, however old it is", async () => {
    const claim = await aUser(db, { afterCreate: enqueueUnrung });
    await age(claim, 200);
    expect(await reap(db, 168)).toBe(0);
    expect(await exists(claim)).toBe(true);
    const job = db("tx_jobs").where({ id: claim.verificationId });
    await job.clone().update({ outcome: "failed", finished_at: db.fn.now() });
    expect(await reap(db, 168)).toBe(1);
    expect(await exists(claim)).toBe(false);
  });

  it("frees the username", async () => {
    const first = await aUser(db);
    await age(first, 200);
    await reap(db, 168);
    expect((await aUser(db, { username: first.username })).username).toBe(first.username);
  });

  it("does not delete a claim that is just being verified", async () => {
    const claim = await aUser(db);
    await age(claim, 200);
    await db.transaction(async (tx) => {
      await tx("users").where({ id: claim.id }).update({ email_verified_at: new Date() });
      expect(await reap(db, 168)).toBe(0);
    });
    expect(await reap(db, 168)).toBe(0);
    expect(await exists(claim)).toBe(true);
  });

  it("goes on until none is left, or it is told to stop", async () => {
    await db.raw(`
      insert into users (id, username, full_name, email, password_hash, signup_request_id,
                         verification_id, created_at)
      select gen_random_uuid(), 'old_' || n, 'x', n || '@example.com', 'x', gen_random_uuid(),
             gen_random_uuid(), now() - interval '30 days'
      from generate_series(1, 1234) n`);
    expect(await reap(db, 168, AbortSignal.abort())).toBe(500);
    expect(await reap(db, 168)).toBe(734);
  });
});
