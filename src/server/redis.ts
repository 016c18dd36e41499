import { Redis, type RedisOptions } from "ioredis";
import type { Log } from "./log.ts";

// Measured on BullMQ 6.7 with ioredis 6: see docs/decisions/0001. Both kinds of connection try to
// reconnect five times a second for ever, so that nobody has to restart anything.
const reconnect: RedisOptions = { retryStrategy: () => 200 };

/**
 * The connection of a process that adds jobs: it fails at once while Redis is away, and after
 * `timeoutMs` milliseconds when Redis does not answer. It never queues a command for later, as
 * the sign-up that the command belongs to would be gone by then.
 */
export function connectProducer(url: string, timeoutMs: number, log: Log): Redis {
  return watch(
    new Redis(url, {
      ...reconnect,
      enableOfflineQueue: false,
      commandTimeout: timeoutMs,
      connectTimeout: 500,
      maxRetriesPerRequest: 0,
      // A connection that a network has silently dropped looks ready; this one is replaced.
      socketTimeout: 2 * timeoutMs,
    }),
    log,
  );
}

/** Milliseconds of silence on a waiting worker's connection; BullMQ asks for at most 10 s at a time. */
const CONSUMER_SILENCE = 15_000;

/** The connection of a process that handles jobs: it waits for Redis as long as it takes. */
export function connectConsumer(url: string, log: Log): Redis {
  const options = { ...reconnect, maxRetriesPerRequest: null, connectTimeout: 2000 };
  return watch(new Redis(url, { ...options, socketTimeout: CONSUMER_SILENCE }), log);
}

/** Logs the loss and the return of Redis once each, however often a reconnect fails between. */
function watch(redis: Redis, log: Log): Redis {
  let away = false;
  redis.on("error", (err) => {
    if (!away) log.warn({ err }, "redis away");
    away = true;
  });
  redis.on("ready", () => {
    if (away) log.info("redis back");
    away = false;
  });
  return redis;
}
