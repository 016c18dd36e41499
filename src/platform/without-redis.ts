import { Redis } from "ioredis";
import { createJobs, type Jobs } from "#src/tx-jobs/index.ts";

/**
 * Gives a command jobs that never connect to Redis: what they enqueue must be `owe`, and a worker
 * finds it in the table.
 */
export async function withoutRedis<T>(work: (jobs: Jobs) => Promise<T>): Promise<T> {
  const redis = new Redis({ lazyConnect: true, enableOfflineQueue: false });
  try {
    return await work(createJobs({ redis }));
  } finally {
    redis.disconnect();
  }
}
