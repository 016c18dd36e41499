import type { Knex } from "knex";
import {
  countJobs,
  fromKnex,
  isUnavailable,
  type Jobs,
  type RunningWorker,
} from "#src/tx-jobs/index.ts";
import { isDatabaseUnavailable } from "#src/platform/db.ts";
import type { Log } from "#src/platform/log.ts";
import { userVerified } from "../user-events.ts";
import { MAIL_JOBS } from "../mail-jobs.ts";
import { verifyEmailJob } from "../verify-email-job.ts";
import { INSTALLATION } from "../limits/count-mail.ts";
import type { Limits } from "../limits/limits.ts";
import { metrics } from "#src/platform/metrics/registry.ts";

export interface QueueGaugesDeps {
  /** A separate pool, as for readiness. */
  db: Knex;
  jobs: Pick<Jobs, "ping">;
  log: Log;
  /** Set in a worker process. */
  worker?: Pick<RunningWorker, "health">;
  /** Set in a web process. */
  limits?: Pick<Limits, "mailsInAll">;
}

/**
 * Milliseconds for which one reading is reused, because two Prometheus servers may scrape at once.
 */
const FRESH_MS = 1000;

/**
 * Fills the gauges from PostgreSQL and Redis, only when they are scraped. An unavailable store is 0
 * in `enlist_store_up`, and its other gauges are removed rather than left stale.
 * @returns a function that updates the gauges, and never throws
 */
export function createQueueGauges({
  db,
  jobs,
  log,
  worker,
  limits,
}: QueueGaugesDeps): () => Promise<void> {
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    const redis = jobs.ping().then(
      () => true,
      () => false,
    );
    const connection = fromKnex(db);
    const known = await Promise.all([
      countJobs(connection),
      Promise.all(MAIL_JOBS.map((name) => isUnavailable(connection, name))),
    ]).catch((error: unknown) => {
      if (!isDatabaseUnavailable(error))
        log.error({ err: error }, "cannot read the jobs for metrics");
      return undefined;
    });
    const { gauges } = metrics();
    gauges.enlist_store_up.set({ store: "redis" }, (await redis) ? 1 : 0);
    gauges.enlist_store_up.set({ store: "postgres" }, known ? 1 : 0);
    if (limits) {
      const { used, most } = (await limits.mailsInAll.usage(INSTALLATION)) ?? { used: 0, most: 0 };
      gauges.enlist_mails_counted.set(used);
      gauges.enlist_mails_limit.set(most);
    }
    if (worker) {
      const { database, messages, unrecorded } = worker.health();
      gauges.enlist_worker_healthy.set({ part: "jobs" }, database ? 1 : 0);
      gauges.enlist_worker_healthy.set({ part: "messages" }, messages ? 1 : 0);
      gauges.enlist_unrecorded_jobs.set(unrecorded);
    }
    gauges.enlist_queue_jobs.reset();
    gauges.enlist_mails_owed.remove();
    gauges.enlist_mails_owed_oldest_seconds.remove();
    gauges.enlist_mail_server_up.remove();
    if (!known) return;
    const [counts, unavailable] = known;
    for (const queue of [verifyEmailJob.queue, userVerified.queue]) {
      for (const state of ["waiting", "running", "retrying", "failed"] as const) {
        const some = counts.filter((one) => one.queue === queue && one.state === state);
        gauges.enlist_queue_jobs.set({ queue, state }, sum(some.map(({ count }) => count)));
      }
    }
    const owed = counts.filter(({ name, state }) => MAIL_JOBS.includes(name) && state !== "failed");
    gauges.enlist_mails_owed.set(sum(owed.map(({ count }) => count)));
    gauges.enlist_mails_owed_oldest_seconds.set(
      Math.max(0, ...owed.map(({ oldestSeconds }) => oldestSeconds)),
    );
    gauges.enlist_mail_server_up.set(unavailable.includes(true) ? 0 : 1);
  };
  const forget = () => void setTimeout(() => (reading = undefined), FRESH_MS).unref();
  return () => (reading ??= read().finally(forget));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
