import { Queue, type JobsOptions, type QueueOptions, type Telemetry } from "bullmq";
import type { Cluster, Redis } from "ioredis";

/** A Redis connection that the caller opens, and closes last. */
export type RedisConnection = Redis | Cluster;

/** Shared by all queues and workers of one installation. */
export interface QueueSettings {
  redis: RedisConnection;
  /** Prefix of every Redis key; "bull" by default, as in BullMQ. */
  prefix?: string | undefined;
  /** BullMQ's telemetry, which carries a trace from `enqueue` to the handler. */
  telemetry?: Telemetry | undefined;
}

/**
 * What Redis holds of a job: its id, and that of the transaction that inserted it. A lost, doubled
 * or late message can delay the job by seconds, but the table still has it.
 */
export interface Message {
  id: string;
  xid: string;
}

/** Packs two ids into one string: Redis stores fields of up to 64 bytes in a third of the space. */
export function writeMessage({ id, xid }: Message): string {
  return `${id.replaceAll("-", "")}:${xid}`;
}

/** Reads {@link writeMessage}; undefined for anything else in a queue. */
export function readMessage(data: unknown): Message | undefined {
  if (typeof data !== "string") return undefined;
  const [, hex, xid] = /^([\da-f]{32}):(\d{1,20})$/.exec(data) ?? [];
  if (!hex || !xid) return undefined;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), xid };
}

/** The backoff type that tells BullMQ to use the pause that the worker computes. */
export const BACKOFF = "row";

/** Keeps the settings out of the message; as JSON they stay below 64 bytes too. */
export function messageOptions(attempts: number, delayMs: number): JobsOptions {
  return {
    attempts,
    backoff: { type: BACKOFF },
    ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}),
  };
}

/** BullMQ's options for a queue or a worker of this installation. */
export function queueOptions({ redis, prefix, telemetry }: QueueSettings): QueueOptions {
  return {
    connection: redis,
    ...(prefix ? { prefix } : {}),
    ...(telemetry ? { telemetry } : {}),
    // A queue whose version check gets no answer fails for good.
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  };
}

/** Opens a queue to add to, or to inspect. The connection reports its own errors. */
export function openQueue(name: string, settings: QueueSettings): Queue {
  const queue = new Queue(name, queueOptions(settings));
  queue.on("error", () => {});
  return queue;
}
