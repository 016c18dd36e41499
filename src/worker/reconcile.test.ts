import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import { transact } from "#src/server/transact.ts";
import type { NewUser } from "#src/server/users/create-user-tx.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser } from "#src/testing/user.ts";
import { reconcile } from "./reconcile.ts";

const database = await testDatabase();
const { db } = database;
const services = await testServices(database);
const { env, jobs } = services;
const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
const critical = new Queue("critical", { connection: redis, prefix: env.REDIS_PREFIX });
afterAll(() => redis.disconnect());

/** Redis has lost the job of each of these. */
const anOwedUser = () => aUser(db);
const pass = (afterMs = 0) => reconcile({ db, jobs, afterMs });
const jobOf = (user: NewUser) => critical.getJob(`verify-email-${user.verificationId}`);

beforeEach(async () => {
  await whenReady(services);
  await critical.obliterate({ force: true });
  await db("users").delete();
});

describe("the reconciler", () => {
  it("puts back the job of an owed mail, under its own id, once", async () => {
    const user = await anOwedUser();
    expect(await pass()).toBe(1);
    const job = await jobOf(user);
    expect(job?.data.payload).toEqual({ verificationId: user.verificationId });
    expect(job?.opts).toMatchObject({ attempts: 10 });
    expect(await pass()).toBe(0);
    expect(await critical.getJobCounts("waiting", "delayed")).toEqual({ waiting: 1, delayed: 0 });
  });

  it("leaves alone whoever is owed nothing", async () => {
    const sent = await anOwedUser();
    const verified = await anOwedUser();
    await db("users").where({ id: sent.id }).update({ verification_sent_at: new Date() });
    await db("users").where({ id: verified.id }).update({ email_verified_at: new Date() });
    expect(await pass()).toBe(0);
  });

  it("leaves alone a job that has failed for good", async () => {
    const user = await anOwedUser();
    await pass();
    const job = await jobOf(user);
    await critical.remove(job!.id!);
    await critical.add("verify-email", job!.data, { jobId: job!.id!, attempts: 1 });
    const failing = new Worker("critical", () => Promise.reject(new Error("no")), {
      connection: redis,
      prefix: env.REDIS_PREFIX,
      autorun: false,
    });
    const failed = new Promise((resolve) => failing.once("failed", resolve));
    void failing.run();
    await failed;
    await failing.close();
    expect(await pass()).toBe(0);
    expect(await critical.getJobCounts("failed", "waiting")).toEqual({ failed: 1, waiting: 0 });
  });

  it("leaves a sign-up alone while its own job is most likely under way", async () => {
    await anOwedUser();
    expect(await pass(60_000)).toBe(0);
    expect(await pass(0)).toBe(1);
  });

  it("does nothing while another process is at it", async () => {
    await anOwedUser();
    await transact(db, async (tx) => {
      await tx.raw("select pg_advisory_xact_lock(7015301)");
      expect(await pass()).toBe(0);
    });
    expect(await pass()).toBe(1);
  });

  it("finds all of them, however many failed for good stand before them", async () => {
    await db.raw(`
      with u as (
        insert into users (id, username, full_name, email, password_hash, signup_request_id,
                           verification_id, created_at)
        select gen_random_uuid(), 'many_' || n, 'x', n || '@example.com', 'x', gen_random_uuid(),
               gen_random_uuid(), now() - make_interval(secs => 1000 - n % 7)
        from generate_series(1, 450) n returning id, email, verification_id
      )
      insert into email_verifications (id, user_id, email, expires_at, created_at)
      select verification_id, id, email, now() + interval '1 day', now() - interval '1 minute' from u`);
    const signal = AbortSignal.abort();
    expect(await reconcile({ db, jobs, afterMs: 0, signal })).toBe(200);
    expect(await pass()).toBe(250);
    const last = await anOwedUser();
    expect(await pass()).toBe(1);
    expect(await jobOf(last)).toBeTruthy();
  });

  it("locks nobody whose job is there", async () => {
    await anOwedUser();
    expect(await pass()).toBe(1);
    const sent: string[] = [];
    const record = ({ sql }: { sql: string }) => void sent.push(sql);
    db.on("query", record);
    expect(await pass()).toBe(0);
    db.removeListener("query", record);
    expect(sent.join()).toContain("pg_try_advisory_xact_lock");
    expect(sent.join()).not.toContain("for update");
  });

  it("leaves to whoever has locked the user what may change meanwhile", async () => {
    const user = await anOwedUser();
    await transact(db, async (tx) => {
      await tx("users").where({ id: user.id }).forUpdate().first();
      expect(await pass()).toBe(0);
    });
    expect(await pass()).toBe(1);
  });

  it("fails, and changes nothing, while Redis is away", async () => {
    const user = await anOwedUser();
    const lost = await testServices(database, { REDIS_URL: "redis://127.0.0.1:1" });
    await expect(reconcile({ db, jobs: lost.jobs, afterMs: 0 })).rejects.toThrow(/Redis is/);
    expect(await jobOf(user)).toBeUndefined();
    expect(await pass()).toBe(1);
  });

  it("asks for the newest verification only", async () => {
    const user = await anOwedUser();
    const newer = "11111111-1111-4111-8111-111111111111";
    await db("email_verifications").insert({
      id: newer,
      user_id: user.id,
      email: user.email,
      expires_at: new Date(Date.now() + 1000),
    });
    await db("users").where({ id: user.id }).update({ verification_id: newer });
    expect(await pass()).toBe(1);
    expect(await critical.getJob(verifyEmail.jobId({ verificationId: newer }))).toBeTruthy();
    expect(await jobOf(user)).toBeUndefined();
  });

  it("reads the owed mails from an index, not from all users", async () => {
    await db.raw(`
      insert into users (id, username, full_name, email, password_hash, signup_request_id, email_verified_at, verification_sent_at)
      select gen_random_uuid(), 'v_' || n, 'x', n || '@example.org', 'x', gen_random_uuid(),
             case when n % 2 = 0 then now() end, now()
      from generate_series(1, 5000) n`);
    await db.raw("analyze users");
    const { rows } = await db.raw(`
      explain select id from users where verification_sent_at is null and email_verified_at is null
        and (created_at, id) > ('-infinity', '00000000-0000-0000-0000-000000000000')
      order by created_at, id limit 200`);
    const plan = rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("users_mail_owed");
    expect(plan).not.toContain("Seq Scan");
  });
});
