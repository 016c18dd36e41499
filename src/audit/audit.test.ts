import { spawnSync } from "node:child_process";
import { Redis } from "ioredis";
import { beforeEach, expect, it } from "vitest";
import type { NewUser } from "#src/signup/create-user-tx.ts";
import { invite } from "#src/signup/invitation/invite.ts";
import { createJobs } from "#src/tx-jobs/index.ts";
import { aPerson } from "#test/system/person.ts";
import { fromSources } from "#test/system/command.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { aUser, enqueueUnrung } from "#test/fixtures/user.ts";
import { audit } from "./audit.ts";
import type { Entry } from "./read-ledger.ts";

// This file runs without Redis.
const database = await testDatabase();
const { db } = database;

beforeEach(() => db("users").delete());

const signUp = () => aUser(db, { afterCreate: enqueueUnrung });

/** Sets the outcome of this user's job. */
const end = ({ verificationId: id }: NewUser, outcome: "done" | "failed") =>
  db("tx_jobs").where({ id }).update({ outcome, finished_at: db.fn.now() });

const markSent = ({ verificationId: id }: NewUser) =>
  db("email_verifications").where({ id }).update({ sent_at: db.fn.now() });

const look = async () => {
  const entries = new Map<string, Entry>();
  const result = await audit(db, (entry) => void entries.set(entry.userId, entry));
  return { ...result, placeOf: (user: NewUser) => entries.get(user.id)?.place };
};

it("finds the place of each sign-up and no contradictions", async () => {
  const [failed, waiting, sent, verified] = [
    await signUp(),
    await signUp(),
    await signUp(),
    await signUp(),
  ];
  await end(failed, "failed");
  await end(sent, "done");
  await markSent(sent);
  await db("users").where({ id: verified.id }).update({ email_verified_at: new Date() });
  const { placeOf, counts, contradictions } = await look();
  expect([failed, waiting, sent, verified].map(placeOf)).toEqual([
    "failed",
    "job waiting",
    "sent",
    "verified",
  ]);
  expect(counts).toEqual({ "job waiting": 1, failed: 1, sent: 1, verified: 1, lost: 0 });
  expect(contradictions).toEqual([]);
});

it("finds no contradiction if the job of a sent mail was pruned", async () => {
  const user = await signUp();
  await markSent(user);
  await db("tx_jobs").delete();
  const { placeOf, contradictions } = await look();
  expect(placeOf(user)).toBe("sent");
  expect(contradictions).toEqual([]);
});

it("tells how long the oldest mail has been owed, without those that failed for good", async () => {
  const [old, failed] = [await signUp(), await signUp()];
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  const mails = db("email_verifications");
  await mails
    .clone()
    .where({ user_id: old.id })
    .update({ created_at: ago(100) });
  await mails
    .clone()
    .where({ user_id: failed.id })
    .update({ created_at: ago(5000) });
  await end(failed, "failed");
  const { oldestOwedSeconds } = await look();
  expect(oldestOwedSeconds).toBeGreaterThanOrEqual(100);
  expect(oldestOwedSeconds).toBeLessThan(1000);
  await db("tx_jobs").delete();
  expect((await look()).oldestOwedSeconds).toBe(0);
});

it.each([
  [
    "there is no job for a mail that is owed",
    "has no job to mail it",
    () => db("tx_jobs").delete(),
  ],
  [
    "the job has ended, and the mail is still owed",
    "its job has ended without a mail",
    (user: NewUser) => end(user, "done"),
  ],
  [
    "there is nothing to mail",
    "has no verification to mail",
    (user: NewUser) => db("email_verifications").where({ user_id: user.id }).delete(),
  ],
])("reports a contradiction if %s", async (_, what, spoil) => {
  const [user, fine] = [await signUp(), await signUp()];
  await end(fine, "done");
  await markSent(fine);
  await spoil(user);
  const { placeOf, counts, contradictions } = await look();
  expect(placeOf(user)).toBe("lost");
  expect(counts).toMatchObject({ lost: 1, sent: 1 });
  expect(contradictions).toEqual([{ id: user.id, what }]);
});

it("reads any number of sign-ups, each once", async () => {
  await db.raw(`
    with claim as (
      insert into users (id, username, full_name, email, password_hash, signup_request_id, verification_id)
      select gen_random_uuid(), 'many_' || n, 'x', n || '@example.com', 'x', gen_random_uuid(), gen_random_uuid()
      from generate_series(1, 1250) n returning id, email, verification_id
    )
    insert into email_verifications (id, user_id, email, sent_at, expires_at)
    select verification_id, id, email, now(), now() from claim`);
  const seen: string[] = [];
  const { counts } = await audit(db, ({ userId }) => void seen.push(userId));
  expect(counts.sent).toBe(1250);
  expect(new Set(seen).size).toBe(1250);
  expect(seen).toHaveLength(1250);
});

/** Runs `npm run audit`, and returns its output and exit code. */
function run(args: string[], overrides: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...fromSources("audit"), ...args],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        ...overrides,
      },
    },
  );
  return { status, stdout, stderr };
}

it("the command prints each sign-up, and exits with 1 on a contradiction and 2 on an error", async () => {
  const user = await signUp();
  const fine = run([]);
  expect(fine.stdout).toContain(`${user.id}  ${user.createdAt.toISOString()}  job waiting\n`);
  expect(fine.stdout).toContain("nothing contradicts the promise");
  expect(fine.stdout).not.toContain(user.email);
  expect(fine.status).toBe(0);
  await db("tx_jobs").delete();
  const broken = run(["--json"]);
  expect(JSON.parse(broken.stdout)).toMatchObject({
    counts: { lost: 1, "job waiting": 0 },
    contradictions: [{ id: user.id, what: "has no job to mail it" }],
  });
  expect(broken.status).toBe(1);
  expect(run(["--summary"], { DATABASE_URL: "postgres://127.0.0.1:1/x" })).toMatchObject({
    status: 2,
    stderr: "npm run audit: PostgreSQL cannot be reached.\n",
  });
  for (const nonsense of ["--wait=5"]) {
    expect(run([nonsense])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("npm run audit -- [--summary]"),
    });
  }
});

it("finds invitations that nobody will mail", async () => {
  const jobs = createJobs({ redis: new Redis({ lazyConnect: true, enableOfflineQueue: false }) });
  const anInvitation = () =>
    invite({ db, jobs, ttlHours: 1 }, { email: aPerson().email, language: "en" });
  const [waiting, without, unsent, sent] = [
    await anInvitation(),
    await anInvitation(),
    await anInvitation(),
    await anInvitation(),
  ];
  await db("tx_jobs").where({ id: without }).delete();
  await db("tx_jobs")
    .whereIn("id", [unsent, sent])
    .update({ outcome: "done", finished_at: db.fn.now() });
  await db("invitations").where({ id: sent }).update({ sent_at: db.fn.now() });
  await db("invitations")
    .where({ id: waiting })
    .update({ created_at: new Date(Date.now() - 90_000) });
  const account = await anInvitation();
  const { email } = await db("invitations").where({ id: account }).first();
  const user = await aUser(db, { email: email.toUpperCase() });
  await db("users").where({ id: user.id }).update({ email_verified_at: db.fn.now() });
  await db("tx_jobs").where({ id: account }).delete();
  const { contradictions, oldestOwedSeconds } = await audit(db);
  expect(oldestOwedSeconds).toBeGreaterThanOrEqual(90);
  expect(contradictions).toEqual([
    { id: without, what: "the invitation has no job to mail it" },
    { id: unsent, what: "the invitation's job has ended without a mail" },
  ]);
  expect(contradictions.map(({ id }) => id)).not.toContain(waiting);
  await db("invitations").delete();
});
