import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#test/fixtures/database.ts";
import { endedJob } from "#test/fixtures/job-row.ts";
import { testServices } from "#test/fixtures/services.ts";
import { aUser } from "#test/fixtures/user.ts";
import { accept, answer, drop, hang, startApplication } from "#test/servers/application.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { signId } from "#src/platform/signed-id.ts";
import { transact } from "#src/platform/transact.ts";
import { fromKnex, retryJobs, type Job } from "#src/tx-jobs/index.ts";
import { userDeleted, userVerified } from "#src/signup/user-events.ts";
import { verifyEmail } from "#src/signup/verify-email.ts";
import { deliverEvent } from "./deliver-event.ts";
import { startEnlistWorker } from "./start.ts";

const database = await testDatabase();
const { db } = database;
const application = await startApplication();
const elsewhere = await startApplication();
const previous = `whsec_${Buffer.alloc(24, "previous").toString("base64")}`;
const services = await testServices(database, {
  WEBHOOK_URL: application.url,
  WEBHOOK_SECRET: `${previous},${application.secret}`,
  JOB_POLL_MS: "200",
});
const worker = startEnlistWorker(services.env);
afterAll(async () => {
  application.behave(accept);
  await worker.close();
  await Promise.all([application.close(), elsewhere.close()]);
});
beforeEach(() => {
  application.behave(accept);
  application.events.length = 0;
});

/** Confirms a claim by its link, as the browser that signed up does. */
async function verify(overrides: Parameters<typeof aUser>[1] = {}, deps = services) {
  const user = await aUser(db, overrides);
  const { announce, limits, returns, env } = deps;
  const token = signId(env.APP_SECRET, "verification-link", user.verificationId);
  const who = { db, announce, limits, returns, secrets: env.APP_SECRET, signedUpUserId: user.id };
  await verifyEmail(who, { token });
  return user;
}

const eventsOf = (userId: string) =>
  application.events.filter(({ data }) => data.user.id === userId);
const jobsOf = (userId: string) =>
  db("tx_jobs").whereRaw("payload->>'userId' = ?", [userId]).whereLike("name", "user.%");

/** The event of a user, once it has arrived. */
const eventOf = (userId: string, count = 1) =>
  waitFor("the event", () => (eventsOf(userId).length >= count ? eventsOf(userId)[0] : null));

/** Makes a job that waits for its next attempt due now. */
const hurry = (userId: string) =>
  waitFor("the next attempt to be set", () =>
    jobsOf(userId).where("attempts", ">", 0).whereNull("leased_by").update({ due_at: db.fn.now() }),
  );

describe("an event", () => {
  it("tells the application about an account once it is verified, once and signed", async () => {
    const user = await verify();
    const { id, type, timestamp, data } = await eventOf(user.id);
    expect(type).toBe("user.verified");
    expect(timestamp).toBe(data.user.emailVerifiedAt);
    expect(data).toEqual({
      user: {
        id: user.id,
        username: user.username,
        fullName: user.fullName,
        email: user.email,
        language: "en",
        terms: null,
        extra: null,
        emailVerifiedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        createdAt: user.createdAt.toISOString(),
      },
    });
    const [job] = await jobsOf(user.id);
    expect(id).toBe(job.id);
    expect(await endedJob(db, id)).toMatchObject({ outcome: "done", attempts: 0 });
    expect(job.payload).toEqual({ userId: user.id });
    expect(application.complaints).toEqual([]);
  });

  it("is not enqueued for a verification that is rolled back", async () => {
    const first = await verify();
    await expect(verify({ email: first.email })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    const failed = transact(db, async (tx) => {
      await services.announce(tx, userVerified, first.id);
      throw new Error("on purpose");
    });
    await expect(failed).rejects.toThrow("on purpose");
    const { id } = await eventOf(first.id);
    await endedJob(db, id);
    const jobs = await db("tx_jobs").whereLike("name", "user.%").whereNull("finished_at");
    expect(jobs).toEqual([]);
    expect(await jobsOf(first.id)).toHaveLength(1);
  });

  it("is enqueued even if Redis is unavailable, and the account is verified", async () => {
    const away = await testServices(database, {
      REDIS_URL: "redis://127.0.0.1:1",
      RATE_LIMITS: "off",
      WEBHOOK_URL: application.url,
      WEBHOOK_SECRET: application.secret,
    });
    const user = await verify({}, away);
    expect(await eventOf(user.id)).toMatchObject({ type: "user.verified" });
  });

  it("is not enqueued without WEBHOOK_URL", async () => {
    const user = await verify({}, await testServices(database));
    expect(await jobsOf(user.id)).toEqual([]);
  });

  it("has only the id of a deleted account, whose verification is no longer announced", async () => {
    const user = await aUser(db, {});
    let deletedAt: Date | undefined;
    application.behave(answer(500));
    await transact(db, async (tx) => {
      deletedAt = (await tx.raw<{ rows: { now: Date }[] }>("select now()")).rows[0]!.now;
      await tx("users").where({ id: user.id }).delete();
      await services.announce(tx, userVerified, user.id);
      await services.announce(tx, userDeleted, user.id);
    });
    await eventOf(user.id);
    application.behave(accept);
    await hurry(user.id);
    for (const { id } of await jobsOf(user.id)) await endedJob(db, id);
    // Each copy tells when the account was deleted, however late it comes.
    const event = {
      ...{ type: "user.deleted", timestamp: deletedAt!.toISOString() },
      data: { user: { id: user.id } },
    };
    expect(eventsOf(user.id)).toMatchObject([event, event]);
  });
});

describe("an application that", () => {
  it.each([
    ["answers 500", answer(500)],
    ["answers 429", answer(429)],
    ["answers 408", answer(408)],
    ["redirects", answer(307, { location: elsewhere.url })],
    ["drops the answer", drop],
  ])("%s is told again, with the same id", async (_, how) => {
    application.behave(how);
    const user = await verify();
    await eventOf(user.id);
    await hurry(user.id);
    await eventOf(user.id, 2);
    application.behave(accept);
    await hurry(user.id);
    const [job] = await jobsOf(user.id);
    expect(await endedJob(db, job.id)).toMatchObject({ outcome: "done" });
    expect(new Set(eventsOf(user.id).map(({ id }) => id))).toEqual(new Set([job.id]));
    expect(elsewhere.events).toEqual([]);
  });

  it.each([400, 401, 404, 410, 422])(
    "answers %i is not told again until an operator retries",
    async (status) => {
      application.behave(answer(status));
      const user = await verify();
      await eventOf(user.id);
      const [{ id }] = await jobsOf(user.id);
      expect(await endedJob(db, id)).toMatchObject({
        outcome: "failed",
        attempts: 1,
        error: `the application answered ${status}`,
      });
      application.behave(accept);
      expect(await retryJobs(fromKnex(db), { ids: [id] })).toEqual([id]);
      await eventOf(user.id, 2);
      expect(await endedJob(db, id)).toMatchObject({ outcome: "done" });
    },
  );

  it.each([
    ["in seconds", "1200"],
    ["as a date", new Date(Date.now() + 1_200_000).toUTCString()],
  ])("says when to try again, %s, is not told sooner", async (_, value) => {
    application.behave(answer(503, { "retry-after": value }));
    const user = await verify();
    await eventOf(user.id);
    const wait = await waitFor("the next attempt to be set", async () => {
      const [job] = await jobsOf(user.id).where({ attempts: 1 });
      return job && job.due_at.getTime() - Date.now();
    });
    expect(wait).toBeGreaterThan(1_100_000);
    expect(wait).toBeLessThan(1_300_000);
  });

  it("does not answer is given up in time, whatever memory was freed meanwhile", async () => {
    application.behave(hang);
    const user = await aUser(db, { isVerified: true });
    const secrets = [application.secret];
    const { signal } = new AbortController();
    const job = { id: randomUUID(), createdAt: new Date(), signal } as Job;
    const deps = { db, url: application.url, secrets, timeoutMs: 1500 };
    const delivery = deliverEvent(deps, userVerified, { userId: user.id }, job);
    delivery.catch(() => {});
    await eventOf(user.id);
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    for (let times = 0; times < 5; times++) {
      collectGarbage();
      await sleep(50);
    }
    await expect(delivery).rejects.toThrow("the application did not answer: timed out");
  });

  it("answers endlessly is read up to a limit", async () => {
    application.behave((response) => {
      response.writeHead(200);
      const more = () => response.write("x".repeat(16_384), () => setImmediate(more));
      more();
      response.once("close", () => response.destroy());
    });
    const user = await verify();
    await eventOf(user.id);
    const [{ id }] = await jobsOf(user.id);
    expect(await endedJob(db, id)).toMatchObject({ outcome: "done" });
  });

  it("does not answer delays no mail, and blocks only its own slots", async () => {
    application.behave(hang);
    const users = await Promise.all(Array.from({ length: 8 }, () => verify()));
    await waitFor("all slots to be taken", () => application.events.length >= 5);
    const later = randomUUID();
    const { jobs } = services;
    await transact(db, async (tx) => {
      const { verifyEmailJob: mail } = await import("#src/signup/verify-email-job.ts");
      await jobs.enqueue(fromKnex(tx), mail, { verificationId: later }, { id: later });
    });
    // No such verification exists, so its job is done once a worker looks at it.
    expect(await endedJob(db, later)).toMatchObject({ outcome: "done" });
    expect(application.events.length).toBeLessThan(users.length);
    application.behave(accept);
  });
});
