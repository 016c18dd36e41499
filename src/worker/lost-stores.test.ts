import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, describe, expect, inject, it } from "vitest";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import type { NewUser } from "#src/server/users/create-user-tx.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser, enqueueWith } from "#src/testing/user.ts";
import { startSmtpSink } from "../../scripts/services/smtp-sink.ts";
import { startTcpProxy } from "../../scripts/services/tcp-proxy.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { startWorker, type RunningWorker } from "./start-worker.ts";

const database = await testDatabase();
const { db } = database;
const line = await startTcpProxy(database.url);
const sink = await startSmtpSink();
const redis = new Redis(inject("redisUrl"), { maxRetriesPerRequest: null });

const running: RunningWorker[] = [];
/** Lets the workers finish what is under way. */
const close = () => Promise.all(running.splice(0).map((worker) => worker.close()));

afterEach(async () => {
  line.restore();
  sink.behave("accept");
  sink.release();
  await close();
});
afterAll(async () => {
  await sink.close();
  await line.close();
  redis.disconnect();
});

/** Starts workers on a queue of their own. */
async function start(workers: number, overrides: Record<string, string>) {
  const services = await testServices(database, { SMTP_URL: sink.url, ...overrides });
  await whenReady(services);
  for (let n = 0; n < workers; n++) running.push(startWorker(services.env));
  const connection = { connection: redis, prefix: services.env.REDIS_PREFIX };
  const queue = new Queue("critical", connection);
  return {
    queue,
    signUp: () => aUser(db, { afterCreate: enqueueWith(services.jobs) }),
    jobOf: (user: NewUser) => queue.getJob(verifyEmail.jobId(user)),
  };
}

const mailsTo = (user: NewUser) => sink.mails.filter(({ to }) => to === user.email);

describe("a worker loses", () => {
  it("the database for a while: no attempt is used, and the mail is sent after", async () => {
    const { signUp, jobOf } = await start(1, { DATABASE_URL: line.url });
    line.cut();
    const user = await signUp();
    await waitFor("a second look", async () => ((await jobOf(user))?.attemptsStarted ?? 0) >= 2);
    expect((await jobOf(user))?.attemptsMade).toBe(0);
    line.restore();
    await waitFor("the mail", () => mailsTo(user).length > 0);
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("the database while a mail is on its way: written down later, not sent twice", async () => {
    const { signUp } = await start(1, { DATABASE_URL: line.url });
    sink.behave("stall");
    const before = sink.offered();
    const user = await signUp();
    await waitFor("the worker to be sending", () => sink.offered() > before);
    line.cut();
    sink.behave("accept");
    sink.release();
    await waitFor("the mail", () => mailsTo(user).length > 0);
    line.restore();
    await waitFor("the record", async () => {
      const row = await db("users").where({ id: user.id }).first();
      return row.verification_sent_at;
    });
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F12 Redis, and the job in it, while its mail is on its way: put back, but not sent twice", async () => {
    const quick = { JOB_LOCK_MS: "1000", RECONCILE_INTERVAL_MS: "100" };
    const { queue, signUp, jobOf } = await start(2, quick);
    sink.behave("stall");
    const before = sink.offered();
    const user = await signUp();
    await waitFor("the worker to be sending", () => sink.offered() > before);
    const lease = async () =>
      (await db("email_verifications").where({ id: user.verificationId }).first()).sending_until;
    const first = await lease();
    await queue.obliterate({ force: true });
    await waitFor("the job to be put back", () => jobOf(user));
    await waitFor("the lease to outlive its first term", async () => {
      const job = await jobOf(user);
      const [{ now }] = (await db.raw("select now()")).rows;
      return (job?.attemptsStarted ?? 0) > 1 && now > first && (await lease()) > now;
    });
    sink.behave("accept");
    sink.release();
    const job = await waitFor("the second job to end", async () => {
      const found = await jobOf(user);
      return found?.finishedOn ? found : null;
    });
    expect(job.returnvalue).toBe("done: not owed");
    expect(job.attemptsMade).toBe(1);
    await close();
    expect(mailsTo(user)).toHaveLength(1);
  });
});
