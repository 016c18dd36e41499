// A worker of a peer: sends the same mails as Enlist's through the same pool, and marks them sent,
// without lease or judge. It runs until it is stopped:
//   node --import tsx mail-worker.ts bullmq|pg-boss|graphile-worker
import { Worker } from "bullmq";
import { run } from "graphile-worker";
import { PgBoss } from "pg-boss";
import { createDb } from "../../../src/platform/db.ts";
import { loadEnv } from "../../../src/platform/env.ts";
import { createLog } from "../../../src/platform/log.ts";
import { connectConsumer } from "../../../src/platform/redis.ts";
import { createMailer } from "../../../src/signup/mail/mailer.ts";
import { fromKnex, type Job, type StatementFor } from "../../../src/tx-jobs/index.ts";
import { JOBS_PER_CONNECTION } from "../../../src/worker/send-owed.ts";
import { verificationSender } from "../../../src/worker/send-verification.ts";

const env = loadEnv();
const log = createLog("peer", env.LOG_LEVEL);
const db = createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL });
const connections = env.CRITICAL_CONCURRENCY;
/** As many jobs in hand as Enlist's worker has. */
const concurrency = JOBS_PER_CONNECTION * connections;
const sendVerification = verificationSender({
  db,
  mailer: createMailer({ url: env.SMTP_URL, from: env.MAIL_FROM, connections }),
  secrets: env.APP_SECRET,
  appUrl: env.APP_URL,
  verificationTtlHours: env.VERIFICATION_TTL_HOURS,
  messageIdDomain: "enlist.example",
  closing: new AbortController().signal,
});
const pool = fromKnex(db);
/** The part of a job that the handler uses; the mail is marked by a statement of its own. */
const job = {
  tookOver: false,
  signal: new AbortController().signal,
  recordTogether: (statementFor: StatementFor, key: string) => pool.run(statementFor([key])),
} as Job;

type Payload = Parameters<typeof sendVerification>[0];

async function send(payload: Payload): Promise<void> {
  await sendVerification(payload, job);
  log.info({ verificationId: payload.verificationId }, "processed");
}

const connectionString = env.DATABASE_URL;
const start: Record<string, () => Promise<unknown>> = {
  bullmq: async () => {
    const connection = connectConsumer(env.REDIS_URL, log);
    const options = { connection, prefix: env.REDIS_PREFIX, concurrency };
    await new Worker<Payload>("after-commit", ({ data }) => send(data), options).waitUntilReady();
  },
  "pg-boss": async () => {
    const boss = new PgBoss({ connectionString });
    boss.on("error", () => {});
    await boss.start();
    const options = {
      ...{ batchSize: concurrency, localConcurrency: 2 },
      ...{ burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    };
    await boss.work("verify-email", options, (jobs) =>
      Promise.all(jobs.map(({ data }) => send(data))),
    );
  },
  "graphile-worker": async () => {
    await run({
      connectionString,
      noHandleSignals: true,
      taskList: { "verify-email": send },
      preset: {
        worker: {
          concurrentJobs: concurrency,
          // As its documentation advises for throughput.
          localQueue: { size: 100 },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
  },
};

await start[process.argv[2]!]!();
process.stdout.write("peer ready\n");
process.once("SIGTERM", () => process.exit(0));
