import { Worker, type Job as BullJob } from "bullmq";
import { atMost } from "./at-most.ts";
import type { WorkerEvent } from "./events.ts";
import { Again } from "./look-at-message.ts";
import { BACKOFF, openQueue, queueOptions, type QueueSettings } from "./message.ts";

export interface ListenOptions {
  settings: QueueSettings;
  queue: string;
  /** Messages handled at once. */
  size: number;
  /** Milliseconds until a dead process's message passes to another. */
  leaseMs: number;
  look: (bull: BullJob) => Promise<void>;
  on: (event: WorkerEvent) => void;
}

/** A subscription to one queue's messages. */
export interface Listening {
  ready(): Promise<void>;
  /** Whether Redis is connected and has not failed for a few seconds. */
  isHealthy(): boolean;
  /** Stops fetching. */
  pause(): Promise<void>;
  /**
   * Acknowledges the last messages and closes the connections, waiting up to `ms` milliseconds
   * twice.
   */
  close(ms: number): Promise<void>;
}

/** Milliseconds until BullMQ fetches again after an error. */
const RETRY = 1000;

/** Milliseconds for which an error counts as current: by then another one would have come. */
const REFUSAL_LASTS = 3 * RETRY;

/** Starts to fetch one queue's messages, and empties a queue that has filled Redis. */
export function listen({ settings, queue, size, leaseMs, look, on }: ListenOptions): Listening {
  const bullQueue = openQueue(queue, settings); // This bounds BullMQ's event stream.
  const worker = new Worker(queue, look, {
    ...queueOptions(settings),
    concurrency: size,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    runRetryDelay: RETRY, // Retry soon after a Redis error, not after 15 s.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    settings: {
      backoffStrategy: (_attempts, type, error) =>
        type === BACKOFF && error instanceof Again ? error.ms : 0,
    },
  });
  void worker.waitUntilReady().then(
    () => waitToTheMillisecond(worker),
    () => {},
  );
  let refusedAt = -Infinity;
  worker.on("error", (cause) => {
    refusedAt = performance.now();
    if (!/\bOOM\b/.test(cause.message)) {
      const isConnected = settings.redis.status === "ready";
      return on({ type: "redis failed", queue, error: cause, isConnected });
    }
    on({ type: "redis full", queue, error: cause });
    // Fetching needs memory, draining does not, and the table has every job.
    void bullQueue.drain(true).catch(() => {});
  });
  return {
    async ready() {
      await worker.waitUntilReady();
    },
    isHealthy: () =>
      settings.redis.status === "ready" && performance.now() - refusedAt > REFUSAL_LASTS,
    pause: () => worker.pause(true),
    async close(ms) {
      // Force it if Redis is unavailable: BullMQ would wait for it and keep its timers running.
      const isReady = settings.redis.status === "ready";
      const closing = [worker.close(!isReady), bullQueue.close()];
      if (await atMost(ms, Promise.allSettled(closing))) return;
      // Redis became unavailable meanwhile. BullMQ would wait for it without end, and its timers
      // would keep the process alive.
      worker.closing = undefined;
      await atMost(ms, worker.close(true));
    },
  };
}

/**
 * Allows waits of less than a second, which every Redis from 6.0 supports. BullMQ may not ask for
 * the version (see `skipVersionCheck`), assumes an older one, and would be up to 1 s late.
 */
function waitToTheMillisecond({ backend }: Worker): void {
  const { blockingConnection } = backend as unknown as {
    blockingConnection?: { capabilities?: { canDoubleTimeout: boolean } };
  };
  if (blockingConnection?.capabilities) blockingConnection.capabilities.canDoubleTimeout = true;
}
