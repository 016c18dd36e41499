import type { Redis } from "ioredis";

/** Reads all keys of a pattern at one moment, as a snapshot does, and when each expires. */
const COPY = `local copy = {}
  for _, key in ipairs(redis.call("keys", ARGV[1])) do
    table.insert(copy, { key, redis.call("pttl", key), redis.call("dump", key) })
  end
  return copy`;

/**
 * Copies the keys of this pattern. Returns a function that empties Redis and restores the copy.
 * Keys still expire, as after a real restore: BullMQ frees no message whose lock never does, and
 * looks for none while its key `stalled-check` exists.
 */
export async function copyRedis(redis: Redis, pattern: string): Promise<() => Promise<void>> {
  const copy = (await redis.callBuffer("eval", COPY, "0", pattern)) as [Buffer, number, Buffer][];
  return async () => {
    // In one transaction, because others keep writing.
    const restoring = redis.multi().flushall();
    for (const [key, ttl, value] of copy) {
      // RESTORE takes 0 to mean never.
      restoring.restore(key, ttl < 0 ? 0 : Math.max(1, ttl), value);
    }
    for (const [error] of (await restoring.exec())!) if (error) throw error;
  };
}
