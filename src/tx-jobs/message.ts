import { Queue, type JobsOptions, type QueueOptions, type Telemetry } from "bullmq";
import type { Cluster, Redis } from "ioredis";

/** A connection to Redis that the caller opens, and closes last. */
export type RedisConnection = Redis | Cluster;

/** What all queues and workers of one installation share. */
export interface QueueSettings {
  redis: RedisConnection;
  /** Every key in Redis begins with it; "bull" by default, as in BullMQ. */
  prefix?: string | undefined;
  /** BullMQ's telemetry, which carries a trace from `enqueue` to the handler. */
  telemetry?: Telemetry | undefined;
}

/**
 * What Redis holds of a job: which one has become due, and the transaction that made it. Lost,
 * doubled or late, it can cost seconds: the table has the job.
 */
export interface Message {
  id: string;
  xid: string;
}

/** Two ids in one string: Redis keeps a field of up to 64 bytes in a third of the space. */
export function writeMessage({ id, xid }: Message): string {
  return `${id.replaceAll("-", "")}:${xid}`;
}

/** Reads {@link writeMessage}; undefined for whatever else a queue may hold. */
export function readMessage(data: unknown): Message | undefined {
  if (typeof data !== "string") return undefined;
  const [, hex, xid] = /^([\da-f]{32}):(\d{1,20})$/.exec(data) ?? [];
  if (!hex || !xid) return undefined;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), xid };
}

/** The type of backoff that a worker computes, from when the row says that the job is due. */
export const BACKOFF = "row";

/** A message without a copy of the job's settings: written as JSON it has 64 bytes at most, too. */
export function messageOptions(attempts: number, delayMs: number): JobsOptions {
  return {
    attempts,
    backoff: { type: BACKOFF },
    ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}),
  };
}

export function queueOptions({ redis, prefix, telemetry }: QueueSettings): QueueOptions {
  return {
    connection: redis,
    ...(prefix ? { prefix } : {}),
    ...(telemetry ? { telemetry } : {}),
    // A queue that gets no answer to that question fails for good, whatever comes after.
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  };
}

/** Opens a queue for whoever adds to it, or looks at it. The connection reports its own errors. */
export function openQueue(name: string, settings: QueueSettings): Queue {
  const queue = new Queue(name, queueOptions(settings));
  queue.on("error", () => {});
  return queue;
}
