import { spawnSync } from "node:child_process";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeEach, expect, it } from "vitest";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import type { Tx } from "#src/server/transact.ts";
import type { NewUser } from "#src/server/users/create-user-tx.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser, enqueueWith } from "#src/testing/user.ts";
import { toProcessEnv } from "#src/testing/worker-process.ts";
import { audit } from "./audit.ts";
import type { Entry } from "./read-ledger.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database);
const { env, jobs } = services;
const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
const queue = new Queue("critical", { connection: redis, prefix: env.REDIS_PREFIX });
afterAll(() => redis.disconnect());

beforeEach(async () => {
  await whenReady(services);
  await queue.obliterate({ force: true });
  await db("users").delete();
});

const enqueue = enqueueWith(jobs);

/** Has every waiting job handled as told. */
async function handleAll(handle: () => Promise<string>): Promise<void> {
  const worker = new Worker("critical", handle, {
    connection: redis,
    prefix: env.REDIS_PREFIX,
    autorun: false,
  });
  const drained = new Promise<void>((resolve) => worker.once("drained", () => resolve()));
  void worker.run();
  await drained;
  await worker.close();
}

const look = async (waitSeconds = 0) => {
  const entries = new Map<string, Entry>();
  const onEntry = (entry: Entry) => void entries.set(entry.userId, entry);
  const result = await audit({ db, queue }, { waitSeconds, onEntry });
  return { ...result, placeOf: (user: NewUser) => entries.get(user.id)?.place };
};

it("finds each sign-up in its place, and nothing wrong", async () => {
  const failed = await aUser(db, { afterCreate: enqueue });
  await handleAll(() => Promise.reject(new Error("no")));
  await queue.getJob(verifyEmail.jobId(failed)).then((job) => job?.remove());
  await queue.add("verify-email", {}, { jobId: verifyEmail.jobId(failed), attempts: 1 });
  await handleAll(() => Promise.reject(new Error("no")));
  const waiting = await aUser(db, { afterCreate: enqueue });
  const sent = await aUser(db);
  await db("users").where({ id: sent.id }).update({ verification_sent_at: new Date() });
  const verified = await aUser(db);
  await db("users").where({ id: verified.id }).update({ email_verified_at: new Date() });
  const { placeOf, counts, ghosts, contradictions } = await look();
  expect([failed, waiting, sent, verified].map(placeOf)).toEqual([
    "failed",
    "job waiting",
    "sent",
    "verified",
  ]);
  expect(counts).toEqual({ "mail owed": 0, "job waiting": 1, failed: 1, sent: 1, verified: 1 });
  expect(contradictions).toEqual([]);
  expect(ghosts).toBe(0);
});

it("calls it a contradiction when nobody puts a missing job back, and none when somebody does", async () => {
  const user = await aUser(db);
  const lost = await look();
  expect(lost.placeOf(user)).toBe("mail owed");
  expect(lost.contradictions).toEqual([{ id: user.id, what: "has had no job for 0 s" }]);
  const looking = look(20);
  await enqueue(user, { xid: "3" } as Tx);
  expect((await looking).contradictions).toEqual([]);
});

it("calls it a contradiction when a job has ended, and its mail is still owed", async () => {
  const user = await aUser(db, { afterCreate: enqueue });
  await handleAll(() => Promise.resolve("discarded: ghost"));
  expect((await look()).contradictions).toEqual([
    { id: user.id, what: "its job has ended without a mail" },
  ]);
});

it("calls it a contradiction when there is nothing to mail", async () => {
  const user = await aUser(db);
  await db("email_verifications").where({ user_id: user.id }).delete();
  expect((await look()).contradictions).toEqual([
    { id: user.id, what: "has no verification to mail" },
  ]);
});

it("counts the ghosts, and calls it a contradiction when one was mailed", async () => {
  let ghost: NewUser | undefined;
  const signingUp = aUser(db, {
    afterCreate: async (user, tx) => {
      ghost = user;
      await enqueue(user, tx);
      throw new Error("no commit");
    },
  });
  await expect(signingUp).rejects.toThrow("no commit");
  expect(await look()).toMatchObject({ ghosts: 1, contradictions: [] });
  await handleAll(() => Promise.resolve("done: sent"));
  expect(await look()).toMatchObject({
    ghosts: 0,
    contradictions: [{ id: verifyEmail.jobId(ghost!), what: "mailed, but rolled back" }],
  });
});

it("reads any number of sign-ups, each once", async () => {
  await db.raw(`
    insert into users (id, username, full_name, email, password_hash, signup_request_id, verification_sent_at)
    select gen_random_uuid(), 'many_' || n, 'x', n || '@example.com', 'x', gen_random_uuid(), now()
    from generate_series(1, 1250) n`);
  const seen: string[] = [];
  const onEntry = ({ userId }: Entry) => void seen.push(userId);
  const { counts } = await audit({ db, queue }, { waitSeconds: 0, onEntry });
  expect(counts.sent).toBe(1250);
  expect(new Set(seen).size).toBe(1250);
  expect(seen).toHaveLength(1250);
});

/** Runs `npm run audit` and gives what it printed, and its exit code. */
function run(args: string[], overrides: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "src/audit/main.ts", ...args],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        ...toProcessEnv(env),
        ...overrides,
      },
    },
  );
  return { status, stdout, stderr };
}

it("as a command: prints each sign-up, exits with 1 on a contradiction, and 2 where it cannot look", async () => {
  const user = await aUser(db, { afterCreate: enqueue });
  const fine = run([]);
  expect(fine.stdout).toContain(`${user.id}  ${user.createdAt.toISOString()}  job waiting\n`);
  expect(fine.stdout).toContain("nothing contradicts the promise");
  expect(fine.stdout).not.toContain(user.email);
  expect(fine.status).toBe(0);
  await queue.obliterate({ force: true });
  const broken = run(["--json", "--wait", "0"]);
  expect(JSON.parse(broken.stdout)).toMatchObject({
    counts: { "mail owed": 1 },
    contradictions: [{ id: user.id, what: "has had no job for 0 s" }],
  });
  expect(broken.status).toBe(1);
  expect(run(["--summary"], { DATABASE_URL: "postgres://127.0.0.1:1/x" })).toMatchObject({
    status: 2,
    stderr: "npm run audit: PostgreSQL cannot be reached.\n",
  });
  expect(run(["--nonsense"])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("npm run audit -- [--summary]"),
  });
});
