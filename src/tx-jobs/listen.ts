import { Worker, type Job as BullJob } from "bullmq";
import { atMost } from "./at-most.ts";
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
  /** Whether Redis is connected, and has refused nothing for the last seconds. */
  isHealthy(): boolean;
  /** Fetches nothing more. */
  pause(): Promise<void>;
  /** Tells Redis how the last messages went, and ends the connections, within so many milliseconds. */
  close(ms: number): Promise<void>;
}

/** Milliseconds until BullMQ fetches again after an error. */
const RETRY = 1000;

/** Milliseconds for which an error speaks of the present: one more would have come by then. */
const REFUSAL_LASTS = 3 * RETRY;

/** Starts to fetch the messages of one queue, and frees a Redis that is full of them. */
export function listen({ settings, queue, size, leaseMs, look, on }: ListenOptions): Listening {
  const bullQueue = openQueue(queue, settings); // Sets the bound of BullMQ's stream of events.
  const worker = new Worker(queue, look, {
    ...queueOptions(settings),
    concurrency: size,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    runRetryDelay: RETRY, // After an error of Redis the next look is due soon, not after 15 s.
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
    // Taking needs memory, throwing away does not; and the table has every job.
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
      // At once if Redis is unavailable: BullMQ would wait for it, and go on with its timers.
      const isReady = settings.redis.status === "ready";
      const closing = [worker.close(!isReady), bullQueue.close()];
      if (await atMost(ms, Promise.allSettled(closing))) return;
      // Redis went away in these very moments: BullMQ waits for it for good, and its timers keep
      // the process.
      worker.closing = undefined;
      await atMost(ms, worker.close(true));
    },
  };
}

/**
 * Has Redis wait for parts of a second, as every Redis from 6.0 on can. BullMQ, which is kept from
 * asking for the version, takes it for an older one, and would fetch what is delayed up to 1 s late.
 * Asked once, and not answered, it would go round in a circle that starves the process.
 */
function waitToTheMillisecond({ backend }: Worker): void {
  const { blockingConnection } = backend as unknown as {
    blockingConnection?: { capabilities?: { canDoubleTimeout: boolean } };
  };
  if (blockingConnection?.capabilities) blockingConnection.capabilities.canDoubleTimeout = true;
}
