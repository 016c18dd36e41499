import { EnqueueError } from "./errors.ts";
import type { RedisConnection } from "./message.ts";

/** Milliseconds between questions to a Redis that has stopped answering. */
const PROBE_INTERVAL = 200;

/** What fails a call that gets no answer, and every call after it at once, until Redis answers. */
export interface SilenceWatch {
  /** @throws {EnqueueError} at once, if Redis is not connected or has stopped answering */
  assertReady(): void;
  /** Settles with `call`. @throws {EnqueueError} if it fails, or does not settle in time */
  inTime<T>(call: Promise<T>): Promise<T>;
  /** @throws {EnqueueError} if Redis does not answer in time, or takes nothing */
  ping(): Promise<void>;
}

/**
 * Bounds every call to Redis: BullMQ waits for ever for a connection that has never been ready, and
 * for one that hangs. A command that comes too late may still be applied; it is a message too many.
 */
export function watchSilence(
  redis: RedisConnection,
  prefix: string | undefined,
  timeoutMs: number,
): SilenceWatch {
  let silent = false;
  // A cluster sends a ping to any node, and most of them know nothing of the queues.
  const ask = () => redis.exists(`${prefix ?? "bull"}:ping`);

  const probe = async (): Promise<void> => {
    try {
      await within(timeoutMs, ask());
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
        return await within(timeoutMs, call);
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
      // A write, as a Redis that is full, or a replica, still reads.
      await watch.inTime(redis.set(`${prefix ?? "bull"}:ping`, 1, "PX", 1000));
    },
  };
  return watch;
}

class Late extends Error {}

async function within<T>(ms: number, call: Promise<T>): Promise<T> {
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
