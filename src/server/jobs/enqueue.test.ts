import { randomUUID } from "node:crypto";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { testServices, whenReady } from "#src/testing/services.ts";
import type { Tx } from "../transact.ts";
import { retention } from "./enqueue.ts";
import { verifyEmail } from "./registry.ts";

const database = await testDatabase();
const services = await testServices(database, { VERIFY_EMAIL_DELAY_MS: "1234" });
const { env, jobs } = services;
const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
const critical = new Queue("critical", { connection: redis, prefix: env.REDIS_PREFIX });
afterAll(() => redis.disconnect());

const tx = (xid?: string) => ({ xid }) as Tx;

/** How long a failed job is kept, by how long a claim and a link are. */
function hoursKept(CLAIM_TTL_HOURS: number, VERIFICATION_TTL_HOURS: number): number {
  const { removeOnFail } = retention({ ...env, CLAIM_TTL_HOURS, VERIFICATION_TTL_HOURS });
  return removeOnFail.age / 3600;
}

describe("enqueue", () => {
  it("adds the job with ids only, ten attempts, and a growing wait between them", async () => {
    await whenReady(services);
    const verificationId = randomUUID();
    await jobs.enqueue(tx("77"), verifyEmail, { verificationId });
    const job = await critical.getJob(`verify-email-${verificationId}`);
    expect(job?.name).toBe("verify-email");
    expect(job?.data).toEqual({ xid: "77", payload: { verificationId } });
    expect(job?.opts).toMatchObject({
      attempts: 10,
      delay: 1234,
      backoff: { type: "exponential", delay: 10_000, jitter: 0.25 },
    });
  });

  it("has a failed job kept for longer than its claim, but not for ever", () => {
    expect([hoursKept(168, 24), hoursKept(24, 168)]).toEqual([192, 192]);
  });

  it("adds one job however often the same is enqueued", async () => {
    const verificationId = randomUUID();
    const before = await critical.getDelayedCount();
    await jobs.enqueue(tx("77"), verifyEmail, { verificationId });
    await jobs.enqueue(tx("77"), verifyEmail, { verificationId });
    expect(await critical.getDelayedCount()).toBe(before + 1);
  });

  it("refuses to add a job that no transaction stands behind", async () => {
    const payload = { verificationId: randomUUID() };
    await expect(jobs.enqueue(tx(), verifyEmail, payload)).rejects.toThrow(/transaction/);
  });

  it("refuses a payload of another shape", async () => {
    await expect(jobs.enqueue(tx("77"), verifyEmail, { verificationId: "x" })).rejects.toThrow();
  });

  it("waits over an hour in all before it gives a mail up", () => {
    const { attempts, backoff } = verifyEmail.options(env);
    const { delay, jitter } = backoff as { delay: number; jitter: number };
    const shortest = delay * (1 - jitter) * (2 ** (attempts! - 1) - 1);
    expect(shortest).toBeGreaterThan(3_600_000);
  });
});
