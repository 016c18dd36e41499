import { EnqueueError } from "./errors.ts";
import type { RedisConnection } from "./message.ts";

/** Milliseconds between probes while Redis does not answer. */
const PROBE_INTERVAL = 200;

/** Fails calls that get no answer, and every later call at once, until Redis answers again. */
export interface SilenceWatch {
  /** @throws {EnqueueError} at once, if Redis is not connected or does not answer */
  assertReady(): void;
  /** Settles with `call`. @throws {EnqueueError} if it fails or takes too long */
  inTime<T>(call: Promise<T>): Promise<T>;
  /** @throws {EnqueueError} if Redis does not answer in time, or refuses writes */
  ping(): Promise<void>;
}

/**
 * Bounds every call to Redis. BullMQ waits without end for a connection that was never ready, or
 * that hangs. A late command may still be applied, but an extra message does no harm.
 */
export function watchSilence(
  redis: RedisConnection,
  prefix: string | undefined,
  timeoutMs: number,
): SilenceWatch {
  let silent = false;
  // Not PING: a cluster sends that to any node, even one without our queues.
  const ask = () => redis.exists(`${prefix ?? "bull"}:ping`);

  const probe = async (): Promise<void> => {
    try {
      await withTimeout(timeoutMs, ask());
      silent = false;
    } catch {
      setTimeout(() => void probe(), PROBE_INTERVAL).unref();
    }
  };

  const watch: SilenceWatch = {
    assertReady() {
      if (redis.status !== "ready") throw new EnqueueError(`Redis is ${redis.status}`);
      if (silent) throw new EnqueueError("Redis does not answer");
    },
    async inTime(call) {
      try {
        return await withTimeout(timeoutMs, call);
      } catch (cause) {
        const isLate = cause instanceof Late || /timed out/i.test((cause as Error).message);
        if (isLate && !silent) {
          silent = true;
          void probe();
        }
        throw new EnqueueError(isLate ? "Redis does not answer" : "Redis refused", { cause });
      }
    },
    async ping() {
      watch.assertReady();
      // A write, because a full Redis, or a replica, still reads.
      await watch.inTime(redis.set(`${prefix ?? "bull"}:ping`, 1, "PX", 1000));
    },
  };
  return watch;
}

class Late extends Error {}

async function withTimeout<T>(ms: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([call, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
