import type { Telemetry } from "bullmq";
import type { Env } from "#src/env.ts";
import type { Log } from "../log.ts";
import { measure } from "../metrics/measure.ts";
import type { RedisConnection } from "../redis.ts";
import type { Tx } from "../transact.ts";
import { openQueues } from "./open-queues.ts";
import {
  QUEUES,
  verifyEmail,
  type JobDefinition,
  type JobsEnv,
  type QueueName,
} from "./registry.ts";

/** Redis did not take the job; whether it will still appear there is not known. */
export class EnqueueError extends Error {
  override name = "EnqueueError";
}

/** By name: Next bundles a class into each route that uses it, so one class may be several. */
export function isEnqueueError(error: unknown): error is EnqueueError {
  return error instanceof Error && error.name === "EnqueueError";
}

/** The producer's side of the queues. */
export interface Jobs {
  /** @throws {EnqueueError} at once, where Redis is known to be away. */
  assertReady(): void;
  /** @throws {EnqueueError} where Redis does not answer in time. */
  ping(): Promise<void>;
  /**
   * Adds a job that counts if, and only if, the transaction commits: the job carries the
   * transaction's id, by which the worker asks PostgreSQL how it ended.
   * @throws {EnqueueError} where Redis is away, refuses, or does not answer in time
   */
  enqueue<Payload>(tx: Tx, job: JobDefinition<Payload>, payload: Payload): Promise<void>;
  /**
   * Which of these jobs Redis has in no state at all, failed for good included. One command where
   * it has them all.
   * @throws as `enqueue` does
   */
  missing<Payload, Given extends Payload>(
    job: JobDefinition<Payload>,
    payloads: Given[],
  ): Promise<Given[]>;
  /**
   * How far the job is; null where Redis has none. Costs the same however long the queue is.
   * @throws as `enqueue` does
   */
  progress<Payload>(job: JobDefinition<Payload>, payload: Payload): Promise<JobProgress | null>;
  /** How full the queues are; costs the same however full. @throws as `enqueue` does */
  summary(): Promise<QueueSummary>;
}

/** How full the queues are. */
interface QueueSummary {
  /** Jobs by their state. */
  counts: Record<QueueName, Record<string, number>>;
  /** The ids of the newest jobs of the mails that have failed for good, as far as they are read. */
  failed: string[];
}

/** How far a job is that has not done its work yet. */
export interface JobProgress {
  /** The attempt that is under way or comes next, from 1 on, and how many there are at most. */
  attempt: number;
  attempts: number;
  /** When the next attempt begins, in milliseconds since 1970; null where it waits for nothing. */
  nextAt: number | null;
  /** Whether no further attempt will be made. */
  hasFailed: boolean;
}

export interface JobsDeps {
  redis: RedisConnection;
  env: JobsEnv &
    Pick<Env, "REDIS_PREFIX" | "ENQUEUE_TIMEOUT_MS" | "CLAIM_TTL_HOURS" | "VERIFICATION_TTL_HOURS">;
  log: Log;
  /** What carries a trace from whoever enqueues to the worker, where traces are on. */
  telemetry?: Telemetry | undefined;
}

/**
 * How long jobs stay visible: completed ones for an hour, failed ones a day longer than their claims.
 * One that went before its claim would be put back by the reconciler, and tried all over again.
 */
export function retention(env: JobsDeps["env"]) {
  const claimHours = Math.max(env.CLAIM_TTL_HOURS, env.VERIFICATION_TTL_HOURS);
  return {
    removeOnComplete: { age: 3600, count: 1000 },
    removeOnFail: { age: 3600 * (claimHours + 24) },
  };
}

/** The states that a job of ours can be in before it is done. */
const STATES = ["waiting", "active", "delayed", "failed"] as const;

/** Failed jobs whose ids are read at once. */
const FAILED = 10_000;

/** What ioredis says when its own `commandTimeout` is over. */
const TIMED_OUT = "Command timed out";

/** Milliseconds between questions to a Redis that has stopped answering. */
const PROBE_INTERVAL = 200;

/** Opens the queues on a producer's connection (see redis.ts), which the caller closes. */
export function createJobs({ redis, env, log, telemetry }: JobsDeps): Jobs {
  const queues = openQueues(redis, env.REDIS_PREFIX, telemetry);
  const kept = retention(env);

  // After one call without an answer the next ones fail at once, each having cost nobody a second
  // nor a connection to PostgreSQL, until Redis answers. It is asked for a key of the queues', as a
  // ping to a cluster goes to any node, and most of them know nothing of the queues.
  let silent = false;
  const probe = async (): Promise<void> => {
    try {
      await redis.exists(queues.critical.toKey("meta"));
      silent = false;
    } catch {
      setTimeout(() => void probe(), PROBE_INTERVAL).unref();
    }
  };

  const assertReady = () => {
    // BullMQ waits without limit for a connection that has never been ready.
    if (redis.status !== "ready") throw new EnqueueError(`Redis is ${redis.status}`);
    if (silent) throw new EnqueueError("Redis does not answer");
  };

  /** Settles with `call`, or fails in time; what Redis does later is the judge's matter. */
  const inTime = async <T>(call: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(TIMED_OUT)), env.ENQUEUE_TIMEOUT_MS);
    });
    try {
      return await Promise.race([call, deadline]);
    } catch (cause) {
      if (!silent && cause instanceof Error && cause.message === TIMED_OUT) {
        silent = true;
        void probe();
      }
      throw new EnqueueError(silent ? "Redis does not answer" : "Redis refused", { cause });
    } finally {
      clearTimeout(timer);
    }
  };

  const ping: Jobs["ping"] = async () => {
    assertReady();
    await inTime(redis.ping());
  };

  const enqueue: Jobs["enqueue"] = async (tx, job, payload) => {
    if (!tx.xid) throw new Error(`${job.name} enqueued before the transaction knew its id`);
    assertReady();
    const jobId = job.jobId(payload);
    const data = { xid: tx.xid, payload: job.payload.parse(payload) };
    const options = { jobId, ...job.options(env), ...kept };
    const add = () => queues[job.queue].add(job.name, data, options);
    await measure("enlist_enqueue_seconds", ["added", "failed"], () => inTime(add()));
    log.info({ job: job.name, queue: job.queue, jobId }, "enqueued");
  };

  const missing: Jobs["missing"] = async (job, payloads) => {
    if (payloads.length === 0) return [];
    assertReady();
    const keys = payloads.map((payload) => queues[job.queue].toKey(job.jobId(payload)));
    if ((await inTime(redis.exists(keys))) === keys.length) return [];
    const found = await inTime(Promise.all(keys.map((key) => redis.exists(key))));
    return payloads.filter((_, index) => found[index] === 0);
  };

  const progress: Jobs["progress"] = async (job, payload) => {
    assertReady();
    const queue = queues[job.queue];
    const jobId = job.jobId(payload);
    const reading = Promise.all([queue.getJob(jobId), redis.zscore(queue.toKey("delayed"), jobId)]);
    const [found, score] = await inTime(reading);
    if (!found) return null;
    return {
      attempt: found.attemptsMade + 1,
      attempts: found.opts.attempts ?? 1,
      // BullMQ keeps a job's time in the upper bits of its score.
      nextAt: score === null ? null : Math.floor(Number(score) / 0x1000),
      hasFailed: found.finishedOn !== undefined && found.failedReason !== undefined,
    };
  };

  const summary: Jobs["summary"] = async () => {
    assertReady();
    const counting = QUEUES.map((name) => queues[name].getJobCounts(...STATES));
    const reading = queues[verifyEmail.queue].getRanges(["failed"], 0, FAILED - 1);
    const [failed, ...counts] = await inTime(Promise.all([reading, ...counting]));
    const byName = QUEUES.map((name, index) => [name, counts[index]]);
    return { failed, counts: Object.fromEntries(byName) as QueueSummary["counts"] };
  };

  return { assertReady, ping, enqueue, missing, progress, summary };
}
