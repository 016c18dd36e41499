import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { NewUser } from "#src/signup/create-user-tx.ts";
import { testDatabase } from "#test/fixtures/database.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { testServices, whenReady } from "#test/fixtures/services.ts";
import { aUser, enqueueWith } from "#test/fixtures/user.ts";
import { workerProcesses } from "#test/fixtures/worker-process.ts";
import { startSmtpSink, tokenIn } from "#test/servers/smtp-sink.ts";
import { startTcpProxy } from "#test/servers/tcp-proxy.ts";
import { waitFor } from "#test/servers/wait-for.ts";

const database = await testDatabase();
const sink = await startSmtpSink();
const ownServer = await ownRedis();
const services = await testServices(database, { SMTP_URL: sink.url });
await whenReady(services);

const start = workerProcesses(services.env);
// Before they are stopped, because hooks run in reverse.
afterEach(() => {
  sink.behave("accept");
  sink.release();
});
afterAll(() => sink.close());

/** A separate worker process, whose jobs pass to others after a second. */
const aWorker = (overrides: Record<string, string> = {}) =>
  start({ JOB_LEASE_MS: "1000", JOB_POLL_MS: "300", ...overrides });

const signUp = ({ db, jobs } = services) => aUser(db, { afterCreate: enqueueWith(jobs) });

const mailsTo = (user: NewUser) => sink.mails.filter(({ to }) => to === user.email);

async function whenSent(user: NewUser): Promise<void> {
  await waitFor("the mail to be written down as sent", async () => {
    const { verificationId: id } = user;
    const row = await services.db("email_verifications").where({ id }).first();
    return row.sent_at;
  });
}

/** A worker whose mail to this user the mail server has not answered yet. */
async function aSendingWorker(overrides?: Record<string, string>) {
  const worker = await aWorker(overrides);
  sink.behave("stall");
  const before = sink.offered();
  const user = await signUp();
  await waitFor("the worker to be sending", () => sink.offered() > before);
  return { worker, user };
}

describe("a worker process", () => {
  it("F8 is killed before the mail server accepts: another worker sends once", async () => {
    const first = await aWorker();
    sink.behave("stall");
    const user = await signUp();
    await waitFor("the first worker to be sending", () => sink.offered() === 1);
    first.signal("SIGKILL");
    await first.ended;
    sink.behave("accept");
    await aWorker();
    await whenSent(user);
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F9 is killed between the mail server's acceptance and its record: the second copy is the same mail", async () => {
    const line = await startTcpProxy(database.url);
    const first = await aWorker({ DATABASE_URL: line.url });
    line.onceSent("mark-sent", () => {
      line.stall();
      first.signal("SIGKILL");
    });
    const user = await signUp();
    await first.ended;
    expect(mailsTo(user)).toHaveLength(1);
    await aWorker();
    await whenSent(user);
    const copies = mailsTo(user);
    expect(copies).toHaveLength(2);
    expect(new Set(copies.map(({ source }) => source)).size).toBe(1);
    expect(tokenIn(copies[0]!.source)).toBeTruthy();
    await line.close();
  });

  it("F14 finishes sending on SIGTERM, then exits with 0", async () => {
    const { worker, user } = await aSendingWorker();
    const stopped = worker.stop();
    await worker.said(/"msg":"stopping"/);
    sink.release();
    await stopped;
    expect(await worker.ended).toBe("ended with code 0");
    await whenSent(user);
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F14 leaves a mail that waits for a connection to others on SIGTERM", async () => {
    const { worker, user } = await aSendingWorker({ CRITICAL_CONCURRENCY: "1" });
    const waiting = await signUp();
    const jobOf = () => services.db("tx_jobs").where({ id: waiting.verificationId }).first();
    await waitFor("the worker to have its job", async () => (await jobOf()).leased_by !== null);
    const stopped = worker.stop();
    await worker.said(/"msg":"stopping"/);
    sink.release();
    await stopped;
    expect(mailsTo(user)).toHaveLength(1);
    expect(mailsTo(waiting)).toEqual([]);
    expect(await jobOf()).toMatchObject({ leased_by: null, finished_at: null, attempts: 0 });
    sink.behave("accept");
    await aWorker();
    await whenSent(waiting);
  });

  // It takes two starts, and the full grace period between them.
  it("F14 exits with 0 on SIGTERM even if a mail server does not answer", async () => {
    const { worker, user } = await aSendingWorker();
    await worker.stop(60_000);
    expect(await worker.ended).toBe("ended with code 0");
    sink.behave("accept");
    await aWorker();
    await whenSent(user);
  });

  it("F14 exits with 0 on SIGTERM without waiting for an unavailable Redis", async () => {
    const redis = await ownServer.start();
    const worker = await aWorker({ REDIS_URL: redis.url });
    await redis.program.stop();
    await worker.said(/"msg":"redis unavailable"/);
    await worker.stop();
    expect(await worker.ended).toBe("ended with code 0");
    await worker.said(/"msg":"stopped"/);
  });

  it("F12 sends the mail even if Redis loses everything after the commit", async () => {
    const redis = await ownServer.start();
    const lossy = await testServices(database, { SMTP_URL: sink.url, REDIS_URL: redis.url });
    await whenReady(lossy);
    const user = await signUp(lossy);
    const admin = new Redis(redis.url);
    expect(await admin.dbsize()).toBeGreaterThan(0);
    await admin.flushall();
    admin.disconnect();
    await aWorker({ REDIS_URL: redis.url });
    await whenSent(user);
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("says once that it leaves an unknown job to a newer worker", async () => {
    const worker = await aWorker();
    const { REDIS_URL, REDIS_PREFIX } = services.env;
    const connection = new Redis(REDIS_URL);
    const queue = new Queue("critical", { connection, prefix: REDIS_PREFIX });
    const message = `${"0".repeat(32)}:3`;
    for (let n = 0; n < 3; n++) await queue.add("unheard-of", message);
    const line = /"job":"unheard-of","queue":"critical","msg":"unknown, left to a newer worker"/;
    await worker.said(line);
    await waitFor("all to be consumed", async () => (await queue.getJobs()).length === 0);
    await whenSent(await signUp());
    expect(worker.output().match(new RegExp(line, "g"))).toHaveLength(1);
    connection.disconnect();
  });

  it("names wrong variables, one per line, and does not start", async () => {
    const program = aWorker({ SMTP_URL: "mail.example.com", APP_SECRET: "short" });
    await expect(program).rejects.toThrow(
      /ended with code 1\nSMTP_URL must be a URL that begins with smtp:\/\/ or smtps:\/\/\nAPP_SECRET must have at least 32 characters.*$/,
    );
  });

  it("writes nothing personal to its log", async () => {
    const worker = await aWorker();
    const user = await signUp();
    await whenSent(user);
    await worker.said(/"msg":"processed"/);
    sink.behave("refuse");
    const refused = await signUp();
    await worker.said(/"msg":"failed"/);
    for (const { username, email } of [user, refused]) {
      expect(worker.output()).not.toContain(username);
      expect(worker.output()).not.toContain(email);
    }
  });
});
