import type { Knex } from "knex";
import type { Env } from "#src/platform/env.ts";
import { createDb, greetDatabase } from "#src/platform/db.ts";
import { createReadinessCheck } from "#src/platform/health/readiness.ts";
import { openJobs } from "#src/platform/open-jobs.ts";
import { inviteJob } from "#src/signup/invitation/invite-job.ts";
import { userDeleted, userVerified } from "#src/signup/user-events.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { createLog, describeInOneLine, type Log } from "#src/platform/log.ts";
import { greetingName } from "#src/platform/greeting-name.ts";
import { createMailer } from "#src/signup/mail/mailer.ts";
import { createQueueGauges } from "#src/signup/status/queue-gauges.ts";
import { metrics } from "#src/platform/metrics/registry.ts";
import { connectConsumer, connectProducer } from "#src/platform/redis.ts";
import type { Tracing } from "#src/platform/tracing/start-tracing.ts";
import { canonicalAddress } from "#src/shared/canonical-address.ts";
import { fromKnex, handle, startWorker } from "#src/tx-jobs/index.ts";
import { createApp } from "./operator/create-app.ts";
import { openPort } from "./operator/open-port.ts";
import { deliverEvent } from "./deliver-event.ts";
import { pruneCodes } from "./prune-codes.ts";
import { pruneInvitations } from "./prune-invitations.ts";
import { reap } from "./reap.ts";
import { repeat, type Repeating } from "./repeat.ts";
import { invitationSender } from "./send-invitation.ts";
import { JOBS_PER_CONNECTION } from "./send-owed.ts";
import { verificationSender } from "./send-verification.ts";
import { tellEvents } from "./tell-events.ts";

/** A worker that runs until it is closed. */
export interface RunningWorker {
  log: Log;
  /** Takes no more jobs, finishes the running ones, and closes all connections. */
  close(): Promise<void>;
}

/** Milliseconds for the mail before it on its connection and for its own, each up to ten minutes. */
const MAIL_TIME_LIMIT = 1_800_000;

/** Starts to send mails. While Redis or PostgreSQL is unavailable, it waits. */
export function startEnlistWorker(env: Env, tracing?: Tracing): RunningWorker {
  const log = createLog("worker", env.LOG_LEVEL);
  const redis = connectConsumer(env.REDIS_URL, log);
  const producer = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const db = createDb({ url: env.DATABASE_URL, pool: env.DATABASE_POOL });
  const leasesDb = createDb({ url: env.DATABASE_URL, pool: 1 });
  const observer = createDb({ url: env.DATABASE_URL, pool: 1 });
  const jobs = openJobs({ redis: producer, env, log, telemetry: tracing?.telemetry });
  const closing = new AbortController();
  metrics().gauges.enlist_process.set({ process: "worker" }, 1);
  const mailer = createMailer({
    url: env.SMTP_URL,
    from: env.MAIL_FROM,
    name: env.MAIL_HOSTNAME ?? greetingName(env.APP_URL),
    connections: env.CRITICAL_CONCURRENCY,
  });
  const mails = {
    db,
    mailer,
    closing: closing.signal,
    secrets: env.APP_SECRET,
    appUrl: env.APP_URL,
    signInUrl: env.SIGN_IN_URL,
    verificationTtlHours: env.VERIFICATION_TTL_HOURS,
    invitationTtlHours: env.INVITATION_TTL_HOURS,
    messageIdDomain: canonicalAddress(env.MAIL_FROM.replace(/^.*<|>$/g, "")).replace(/^.*@/, ""),
  };
  const mailing = {
    backoff: { firstMs: env.VERIFY_EMAIL_BACKOFF_MS },
    timeLimitMs: MAIL_TIME_LIMIT,
  };
  const events = { db, url: env.WEBHOOK_URL ?? "", secrets: env.WEBHOOK_SECRET ?? [] };
  const concurrency = {
    [verifyEmailJob.queue]: JOBS_PER_CONNECTION * env.CRITICAL_CONCURRENCY,
    ...(env.WEBHOOK_URL ? { [userVerified.queue]: env.DEFAULT_CONCURRENCY } : {}),
  };
  const longest = Math.max(
    env.CLAIM_TTL_HOURS,
    env.VERIFICATION_TTL_HOURS,
    env.INVITATION_TTL_HOURS,
  );
  const worker = startWorker({
    db: fromKnex(db),
    leasesDb: fromKnex(leasesDb),
    redis,
    prefix: env.REDIS_PREFIX,
    telemetry: tracing?.telemetry,
    handlers: [
      handle(verifyEmailJob, verificationSender(mails), mailing),
      handle(inviteJob, invitationSender(mails), mailing),
      ...(env.WEBHOOK_URL ? [userVerified, userDeleted] : []).map((event) =>
        handle(event, (payload, job) => deliverEvent(events, event, payload, job), {
          backoff: { firstMs: env.EVENT_BACKOFF_MS },
        }),
      ),
    ],
    concurrency,
    pollMs: env.JOB_POLL_MS,
    leaseMs: env.JOB_LEASE_MS,
    // Keep failed jobs for longer than what they mail, because they explain what became of the mail.
    keepMs: {
      failed: 3_600_000 * (24 + longest),
    },
    describe: describeInOneLine,
    on: tellEvents(log),
  });
  // Opens connections early, so that the first mail is not delayed, and logs problems.
  void greetDatabase(db, log);
  void mailer.check().catch((err: unknown) => log.warn({ err }, "mail server unavailable"));
  const reaping = startReaper(env, db, log, closing.signal);
  const operator = createApp({
    env,
    log,
    db,
    jobs,
    redis: producer,
    isReady: createReadinessCheck({
      db: observer,
      jobs,
      worker,
      closing: closing.signal,
    }),
    updateGauges: createQueueGauges({ db: observer, jobs, log, worker }),
  });
  const closePort = openPort(env, operator, log);
  void worker.ready().then(
    () => log.info({ concurrency }, "worker ready"),
    () => {}, // Closed before Redis was ever available.
  );
  return {
    log,
    async close() {
      closing.abort();
      await Promise.all([worker.close(), reaping.stop()]);
      mailer.close();
      closePort();
      await Promise.all([db.destroy(), leasesDb.destroy(), observer.destroy()]);
      redis.disconnect();
      producer.disconnect();
      await tracing?.stop();
    },
  };
}

/** Milliseconds between looks for expired claims. */
const REAP_INTERVAL = 600_000;

function startReaper(env: Env, db: Knex, log: Log, signal: AbortSignal): Repeating {
  const deleteExpired = async () => {
    const deleted = await reap(db, env.CLAIM_TTL_HOURS, signal);
    if (deleted > 0) log.info({ deleted }, "expired claims deleted");
    await pruneCodes(db);
    await pruneInvitations(db);
  };
  return repeat("reap", REAP_INTERVAL, deleteExpired, log);
}
