import type { Log } from "#src/platform/log.ts";
import { count } from "#src/platform/metrics/measure.ts";
import type { WorkerEvent } from "#src/tx-jobs/index.ts";
import type { Sent } from "./send-owed.ts";

/** Milliseconds between two log lines about the same problem. */
const INTERVAL = 10_000;

/** Forwards the worker's events to log and metrics, ids only. */
export function tellEvents(log: Log): (event: WorkerEvent) => void {
  const lastSaid = new Map<string, number>();
  /** Whether this was not logged recently. */
  const isNews = (what: string) => {
    const now = performance.now();
    if (now - (lastSaid.get(what) ?? -Infinity) < INTERVAL) return false;
    lastSaid.set(what, now);
    return true;
  };
  return (event) => {
    switch (event.type) {
      case "taken":
        count("enlist_jobs_taken_total", event.by);
        if (event.tookOver) log.warn(about(event), "taken over from a lost worker");
        return;
      case "done": {
        // A missing result means that the handler ended the job itself, so the mail went out.
        const because = (event.result as Sent | undefined) ?? "sent";
        count("enlist_jobs_total", because);
        return log.info({ ...about(event), because }, "processed");
      }
      case "retrying":
        count("enlist_jobs_total", "retrying");
        return log.warn({ ...about(event), err: event.error, inMs: event.inMs }, "retrying");
      case "failed": {
        const { cause } = event.error as Error;
        const isRefused = cause instanceof Error && cause.name === "MailRefused";
        count("enlist_jobs_total", isRefused ? "refused" : "failed");
        return log.error({ ...about(event), err: event.error }, "failed");
      }
      case "put back":
        return count("enlist_jobs_total", event.reason);
      case "lease lost":
        count("enlist_jobs_total", "lease lost");
        return log.warn(about(event), "another worker has the job");
      case "dropped":
        count("enlist_jobs_total", "dropped");
        return log.debug(
          { job: event.job, jobId: event.id, reason: event.reason },
          "message dropped",
        );
      case "record failed":
        count("enlist_record_failures_total", event.isEffectDone ? "an effect" : "no effect");
        if (event.tries === 1 && event.isEffectDone) {
          count("enlist_mails_in_doubt_total", "record failing");
        }
        if (!isNews(event.type)) return;
        return log.warn({ ...about(event), err: event.error }, "cannot record how a job ended");
      case "unhandled":
        return log.warn({ job: event.job, queue: event.queue }, "unknown, left to a newer worker");
      case "unavailable":
        return log.warn({ job: event.job, err: event.error }, "unavailable; probing");
      case "available":
        return log.info({ job: event.job }, "available again");
      case "database failed":
        if (!isNews(event.task)) return;
        return log.warn({ task: event.task, err: event.error }, "jobs: database failed");
      case "database back":
        lastSaid.clear();
        return log.info("jobs: database back");
      case "redis full":
        if (!isNews(event.type)) return;
        return log.error({ queue: event.queue }, "redis is full; messages discarded");
      case "redis failed":
        // The connection itself logs its loss.
        if (!event.isConnected || !isNews(event.type)) return;
        return log.warn({ queue: event.queue, err: event.error }, "redis refuses; jobs are polled");
      case "pruned":
        return log.info({ rows: event.rows }, "finished jobs pruned");
    }
  };
}

/** The log fields of a job. `duration` is in milliseconds. */
function about(event: Extract<WorkerEvent, { ms: number }>) {
  const { job, queue, id, attempt, attempts, ms } = event;
  return { job, queue, jobId: id, attempt, attempts, duration: Math.round(ms * 10) / 10 };
}
