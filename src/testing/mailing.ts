import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll } from "vitest";
import type { Env } from "#src/env.ts";
import type { CreateUserTxParams } from "#src/server/users/create-user-tx.ts";
import { startWorker } from "#src/worker/start-worker.ts";
import { startSmtpSink } from "../../scripts/services/smtp-sink.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import type { TestDatabase } from "./database.ts";
import { endedJob, hasMessage, readJob } from "./job-row.ts";
import { testServices } from "./services.ts";
import { aUser, enqueueWith } from "./user.ts";

type Mailed = { verificationId: string };

/**
 * A web process's services, a mail server, and workers as they are started, all of this test file's
 * own, and closed when it is through.
 */
export async function testMailing(database: TestDatabase, overrides: Record<string, string> = {}) {
  const { db } = database;
  const sink = await startSmtpSink();
  const services = await testServices(database, {
    SMTP_URL: sink.url,
    VERIFY_EMAIL_BACKOFF_MS: "50",
    JOB_POLL_MS: "300",
    ...overrides,
  });
  const { env, jobs } = services;
  const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  redis.on("error", () => {}); // A test may have it away.
  const queue = new Queue("critical", { connection: redis, prefix: env.REDIS_PREFIX });
  queue.on("error", () => {});
  const closings: (() => Promise<void>)[] = [];
  afterAll(async () => {
    sink.release();
    await Promise.all(closings.map((close) => close()));
    await sink.close();
    redis.disconnect();
  });
  return {
    services,
    sink,
    redis,
    queue,

    /** Starts a worker. Returns what closes it. */
    start: (changes: Partial<Env> = {}): (() => Promise<void>) => {
      const worker = startWorker({ ...env, ...changes });
      let closing: Promise<void> | undefined;
      const close = () => (closing ??= worker.close());
      closings.push(close);
      return close;
    },

    /** A user whose mail is enqueued as the product does it, unless told otherwise. */
    signUp: (params: Partial<CreateUserTxParams> = {}) =>
      aUser(db, { afterCreate: enqueueWith(jobs), ...params }),

    mailsTo: ({ email }: { email: string }) => sink.mails.filter(({ to }) => to === email),

    jobOf: ({ verificationId }: Mailed) => readJob(db, verificationId),
    ended: ({ verificationId }: Mailed) => endedJob(db, verificationId),

    /** Waits until a worker has looked at the message of this job, and thrown it away. */
    looked: ({ verificationId }: Mailed) =>
      waitFor("the message to be consumed", async () => !(await hasMessage(queue, verificationId))),
  };
}
