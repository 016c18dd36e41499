import { setTimeout as sleep } from "node:timers/promises";
import { DelayedError, UnrecoverableError, type Job } from "bullmq";
import { ZodError } from "zod";
import { isDatabaseAway } from "#src/server/db.ts";
import { envelope } from "#src/server/jobs/registry.ts";
import type { Log } from "#src/server/log.ts";
import { MailRefused } from "#src/server/mail/mailer.ts";
import { count } from "#src/server/metrics/measure.ts";
import type { Handler } from "./handlers.ts";
import type { Outcome } from "./outcome.ts";

/** Milliseconds between looks at a transaction that is about to commit: most take one or two. */
const SHORT_WAITS = [1, 2, 4, 8, 16, 32];

/** Milliseconds before a job is looked at again whose transaction takes its time. */
const LONG_WAIT = 100;

/** Milliseconds before a job is looked at again that the database was not there for. */
const DATABASE_WAIT = 1000;

/** The mail server has refused this mail for good: nothing of ours has failed. */
export class Refused extends UnrecoverableError {}

/** Milliseconds before a job is looked at again that is for a newer worker. */
const NEWER_WAIT = 1000;

/** Of so many looks at such a job one is logged: it may have to wait for hours. */
const LOOKS_A_LINE = 60;

/**
 * Handles one job and tells BullMQ what follows from it: completed, tried again later, or failed
 * for good. A job whose transaction is still running, whose database is away, or which is for a
 * newer worker, waits without using up an attempt: none of it says anything about the job.
 * @returns what became of it, kept with the completed job
 */
export async function processJob(
  handlers: Map<string, Handler>,
  job: Job,
  token: string | undefined,
  log: Log,
): Promise<string> {
  const started = performance.now();
  const handler = handlers.get(job.name);
  if (!handler && job.attemptsStarted % LOOKS_A_LINE === 1)
    log.warn({ job: job.name, jobId: job.id }, "unknown, left to a newer worker");
  const outcome = handler
    ? await settle(handler, job)
    : ({ is: "pending", wait: NEWER_WAIT } as const);
  if (outcome.is === "pending") {
    count("enlist_jobs_total", "put off");
    await job.moveToDelayed(Date.now() + outcome.wait, token);
    throw new DelayedError();
  }
  const duration = Math.round((performance.now() - started) * 10) / 10;
  const about = { job: job.name, queue: job.queueName, jobId: job.id, duration };
  count("enlist_jobs_total", outcome.because);
  log.info(
    { ...about, because: outcome.because },
    outcome.is === "done" ? "processed" : "discarded",
  );
  return `${outcome.is}: ${outcome.because}`;
}

/** An outcome, with the milliseconds to wait where it is still to come. */
type Settled = Exclude<Outcome, { is: "pending" }> | { is: "pending"; wait: number };

async function settle(handler: Handler, job: Job): Promise<Settled> {
  try {
    const { xid, payload } = envelope.parse(job.data);
    for (const wait of SHORT_WAITS) {
      const outcome = await handler(xid, payload);
      if (outcome.is !== "pending") return outcome;
      if (outcome.wait) return { is: "pending", wait: outcome.wait };
      await sleep(wait);
    }
    return { is: "pending", wait: LONG_WAIT };
  } catch (error) {
    if (isDatabaseAway(error)) return { is: "pending", wait: DATABASE_WAIT };
    if (error instanceof ZodError) {
      const fields = error.issues.map((issue) => issue.path.join(".")).join(", ");
      throw new UnrecoverableError(`not a payload of ${job.name}: ${fields}`);
    }
    if (error instanceof MailRefused) throw new Refused(error.message);
    throw error;
  }
}
