import { Worker, type Job as BullJob } from "bullmq";
import type { WorkerEvent } from "./events.ts";
import { Again } from "./look-at-message.ts";
import { BACKOFF, openQueue, queueOptions, type QueueSettings } from "./message.ts";

export interface ListenOptions {
  settings: QueueSettings;
  queue: string;
  /** Messages that are looked at at once. */
  size: number;
  /** Milliseconds after which a message passes to another process if this one has died. */
  leaseMs: number;
  look: (bull: BullJob) => Promise<void>;
  on: (event: WorkerEvent) => void;
}

/** Messages of one queue that come until it is closed. */
export interface Listening {
  ready(): Promise<void>;
  /** Fetches nothing more. */
  pause(): Promise<void>;
  /** Tells Redis how the last messages went, which may take as long as Redis is unavailable. */
  close(): Promise<void>;
}

/** Starts to fetch the messages of one queue, and frees a Redis that is full of them. */
export function listen({ settings, queue, size, leaseMs, look, on }: ListenOptions): Listening {
  const bullQueue = openQueue(queue, settings); // Sets the bound of BullMQ's stream of events.
  const worker = new Worker(queue, look, {
    ...queueOptions(settings),
    skipVersionCheck: false, // Taken for an old one, Redis is asked to wait for whole seconds only.
    concurrency: size,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    runRetryDelay: 1000, // After an error of Redis the next look is due soon, not after 15 s.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    settings: {
      backoffStrategy: (_attempts, type, error) =>
        type === BACKOFF && error instanceof Again ? error.ms : 0,
    },
  });
  worker.on("error", (error) => {
    if (!/\bOOM\b/.test(error.message)) return on({ type: "redis failed", queue, error });
    on({ type: "redis full", queue, error });
    // Taking needs memory, throwing away does not; and the table has every job.
    bullQueue.drain(true).catch(() => {});
    return undefined;
  });
  return {
    async ready() {
      await worker.waitUntilReady();
    },
    pause: () => worker.pause(true),
    async close() {
      await Promise.allSettled([worker.close(), bullQueue.close()]);
    },
  };
}
