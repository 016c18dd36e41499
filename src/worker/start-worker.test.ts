import { randomUUID } from "node:crypto";
import { Queue, Worker, type Job } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Tx } from "#src/server/transact.ts";
import { QUEUES, type QueueName } from "#src/server/jobs/registry.ts";
import { readSignedId } from "#src/server/signed-id.ts";
import type { NewUser } from "#src/server/users/create-user-tx.ts";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import { aUser, enqueueWith } from "#src/testing/user.ts";
import { codeIn, startSmtpSink, tokenIn } from "../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { startWorker } from "./start-worker.ts";

const database = await testDatabase();
const { db } = database;
const sink = await startSmtpSink();
const services = await testServices(database, {
  SMTP_URL: sink.url,
  VERIFY_EMAIL_BACKOFF_MS: "50",
});
const { env, jobs } = services;
const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
const queue = (name: QueueName) => new Queue(name, { connection: redis, prefix: env.REDIS_PREFIX });
const critical = queue("critical");
const worker = startWorker(env);
await whenReady(services);

afterAll(async () => {
  await worker.close();
  await sink.close();
  redis.disconnect();
});
beforeEach(() => sink.behave("accept"));

const enqueue = enqueueWith(jobs);

const signUp = (afterCreate = enqueue, overrides: { email?: string } = {}) =>
  aUser(db, { afterCreate, ...overrides });

const mailsTo = (user: { email: string }) => sink.mails.filter(({ to }) => to === user.email);

/** The job of a verification, once it has ended in one of two ways. */
function ended(verificationId: string): Promise<Job> {
  return waitFor("the job to end", async () => {
    const job = await critical.getJob(`verify-email-${verificationId}`);
    return job?.finishedOn ? job : null;
  });
}

describe("the worker", () => {
  it("sends the mail of a committed sign-up, and writes down that it did", async () => {
    const user = await signUp();
    const job = await ended(user.verificationId);
    expect(job.returnvalue).toBe("done: sent");
    const [mail, ...more] = mailsTo(user);
    expect(more).toEqual([]);
    expect(mail?.messageId).toBe(`<${user.verificationId}@enlist.example>`);
    const token = tokenIn(mail!.source);
    expect(readSignedId(env.APP_SECRET, "verification-link", token ?? "")).toBe(
      user.verificationId,
    );
    const row = await db("users").where({ id: user.id }).first();
    expect(row.verification_sent_at).toBeInstanceOf(Date);
    const sent = await db("email_verifications").where({ id: user.verificationId }).first();
    expect(sent.expires_at - sent.sent_at).toBe(24 * 3_600_000);
    // Both are made of the id whenever they are wanted, and kept nowhere.
    const kept = JSON.stringify([row, sent, job.data, job.returnvalue]);
    for (const secret of [token, codeIn(mail!.source)]) {
      expect(secret).toMatch(/^\d{8}$|^[\w-]{64}$/);
      expect(kept).not.toContain(secret);
    }
  });

  it("F7 takes the job before the commit: waits, then sends, and no attempt is used", async () => {
    const user = await signUp(async (newUser, tx) => {
      await enqueue(newUser, tx);
      await waitFor("the worker to put the job off", async () => {
        const job = await critical.getJob(`verify-email-${newUser.verificationId}`);
        return (await job?.isDelayed()) && (job?.attemptsStarted ?? 0) > 0;
      });
      expect(mailsTo(newUser)).toEqual([]);
    });
    const job = await ended(user.verificationId);
    expect(job.returnvalue).toBe("done: sent");
    expect(job.attemptsStarted).toBeGreaterThan(1);
    expect(job.attemptsMade).toBe(1);
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("discards the ghost of a sign-up that rolled back", async () => {
    let ghost: NewUser | undefined;
    const signingUp = signUp(async (user, tx) => {
      ghost = user;
      await enqueue(user, tx);
      throw new Error("no commit");
    });
    await expect(signingUp).rejects.toThrow("no commit");
    expect((await ended(ghost!.verificationId)).returnvalue).toBe("discarded: ghost");
    expect(mailsTo(ghost!)).toEqual([]);
  });

  it("F4 the enqueue succeeds, the commit fails: no row, and the ghost mails nobody", async () => {
    await db.raw(`
      create function refuse_commit() returns trigger language plpgsql as $$
        begin raise exception 'this commit fails'; end $$;
      create constraint trigger refuse_commit after insert on users
        deferrable initially deferred for each row execute function refuse_commit()`);
    let ghost: NewUser | undefined;
    const signingUp = signUp(async (user, tx) => {
      ghost = user;
      await enqueue(user, tx);
    });
    await expect(signingUp).rejects.toThrow("this commit fails");
    await db.raw("drop function refuse_commit cascade");
    expect(await db("users").where({ id: ghost!.id })).toEqual([]);
    expect((await ended(ghost!.verificationId)).returnvalue).toBe("discarded: ghost");
    expect(mailsTo(ghost!)).toEqual([]);
  });

  it("discards the job of a user who has been deleted since", async () => {
    const user = await signUp(async () => {});
    const { rows } = await db.raw("select xmin::text as xid from users where id = ?", [user.id]);
    await db("users").where({ id: user.id }).delete();
    await enqueue(user, { xid: rows[0].xid } as Tx);
    expect((await ended(user.verificationId)).returnvalue).toBe("discarded: gone");
    expect(mailsTo(user)).toEqual([]);
  });

  it.each([
    ["sent already", "email_verifications", { sent_at: new Date() }],
    ["verified already", "users", { email_verified_at: new Date() }],
  ])("sends nothing when the mail was %s", async (_, table, change) => {
    const user = await signUp(async () => {});
    const id = table === "users" ? user.id : user.verificationId;
    await db(table).where({ id }).update(change);
    await enqueue(user, { xid: "3" } as Tx); // The row is there: nobody asks for the id.
    expect((await ended(user.verificationId)).returnvalue).toBe("done: not owed");
    expect(mailsTo(user)).toEqual([]);
  });

  it("tells a verified address that it has an account, without a link", async () => {
    const owner = await signUp();
    await ended(owner.verificationId);
    await db("users").where({ id: owner.id }).update({ email_verified_at: new Date() });
    const email = owner.email.toUpperCase();
    const second = await signUp(enqueue, { email });
    expect((await ended(second.verificationId)).returnvalue).toBe("done: sent");
    const mail = sink.mails.at(-1)!;
    expect(mail.source).toContain("Subject: You already have an account");
    expect(tokenIn(mail.source)).toBeUndefined();
  });

  it("fails a payload of another shape at once", async () => {
    const jobId = `bad-${randomUUID()}`;
    const payloads = {
      [`${jobId}-1`]: { xid: "5", payload: { verificationId: 7 } },
      [`${jobId}-2`]: { payload: { verificationId: randomUUID() } },
      [`${jobId}-3`]: "nonsense",
    };
    for (const [id, data] of Object.entries(payloads)) {
      await critical.add("verify-email", data, { jobId: id, attempts: 10 });
      const job = await waitFor("the failure", async () => {
        const found = await critical.getJob(id);
        return found?.finishedOn ? found : null;
      });
      expect(await job.isFailed()).toBe(true);
      expect(job.attemptsMade).toBe(1);
      expect(job.failedReason).toMatch(/^not a payload of verify-email/);
    }
  });

  it("F11 the mail server refuses for good: one attempt, and the failed job stays", async () => {
    sink.behave("refuse");
    const user = await signUp();
    const job = await ended(user.verificationId);
    expect(await job.isFailed()).toBe(true);
    expect(job.attemptsMade).toBe(1);
    expect(job.failedReason).toBe("refused for good: EENVELOPE 550 at RCPT TO");
  });

  it("F10 the mail server refuses for now: sent once it accepts", async () => {
    sink.behave("refuse", "451 Greylisted");
    const user = await signUp();
    await waitFor("a second attempt", async () => {
      const job = await critical.getJob(`verify-email-${user.verificationId}`);
      return (job?.attemptsMade ?? 0) >= 2;
    });
    sink.behave("accept");
    expect((await ended(user.verificationId)).returnvalue).toBe("done: sent");
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("F9 the line drops after the mail was taken: the second copy is the same mail", async () => {
    sink.behave("drop");
    const user = await signUp();
    await waitFor("the first copy", () => mailsTo(user).length === 1);
    sink.behave("accept");
    await ended(user.verificationId);
    const copies = mailsTo(user);
    expect(copies.length).toBeGreaterThanOrEqual(2);
    expect(new Set(copies.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(copies.map(({ source }) => tokenIn(source))).size).toBe(1);
  });

  it.each(QUEUES)(
    "leaves a job in the queue %s that it does not know to a newer worker",
    async (name) => {
      await queue(name).add("unheard-of", {}, { jobId: "unheard-of", attempts: 1 });
      const find = () => queue(name).getJob("unheard-of");
      await waitFor("two looks", async () => ((await find())?.attemptsStarted ?? 0) >= 2);
      expect(await find()).toMatchObject({ attemptsMade: 0 });
      const newer = new Worker(name, async (job) => `${job.name} done`, {
        connection: redis,
        prefix: env.REDIS_PREFIX,
      });
      const job = await waitFor("the newer worker", async () => {
        const found = await find();
        return found?.finishedOn ? found : null;
      });
      await newer.close();
      expect(job.returnvalue).toBe("unheard-of done");
    },
  );
});
