import { Cluster, Redis, type RedisOptions } from "ioredis";
import type { Log } from "./log.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** A connection to Redis, whichever kind of Redis it is. */
export type RedisConnection = Redis | Cluster;

/** Milliseconds between two attempts to reach a Redis, a sentinel or a cluster that is away. */
const RETRY = 200;

// Measured on BullMQ 6.7 with ioredis 6: see docs/decisions/0001 and 0012. Both kinds of connection
// try to reconnect five times a second for ever, so that nobody has to restart anything.
const reconnect: RedisOptions = {
  retryStrategy: () => RETRY,
  sentinelRetryStrategy: () => RETRY,
  // A master that has become a replica: whatever led here leads to the new master now.
  reconnectOnError: ({ message }) => message.includes("READONLY"),
};

/**
 * The connection of a process that adds jobs: it fails at once while Redis is away, and after
 * `timeoutMs` milliseconds when Redis does not answer. It never queues a command for later, as
 * the sign-up that the command belongs to would be gone by then.
 */
export function connectProducer(url: string, timeoutMs: number, log: Log): RedisConnection {
  return watch(
    connect(url, {
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
export function connectConsumer(url: string, log: Log): RedisConnection {
  const options = { maxRetriesPerRequest: null, connectTimeout: 2000 };
  return watch(connect(url, { ...options, socketTimeout: CONSUMER_SILENCE }), log);
}

function connect(url: string, options: RedisOptions): RedisConnection {
  const { kind, hosts, tls, db, master, ...credentials } = parseRedisUrl(url);
  const { username, password } = credentials;
  const common: RedisOptions = { ...reconnect, ...options, ...(tls ? { tls: {} } : {}) };
  if (kind === "single") return new Redis(url, { ...reconnect, ...options });
  if (kind === "sentinel") {
    return new Redis({
      ...common,
      ...credentials,
      db,
      sentinels: hosts,
      name: master!,
      enableTLSForSentinelMode: tls,
      ...(tls ? { sentinelTLS: {} } : {}),
      // One that hangs must not keep us from asking the others.
      sentinelCommandTimeout: 500,
    });
  }
  return new Cluster(hosts, {
    clusterRetryStrategy: () => RETRY,
    enableOfflineQueue: options.enableOfflineQueue ?? true,
    // A certificate is for the name, not for the address behind it.
    dnsLookup: (host, done) => done(null, host),
    redisOptions: {
      ...common,
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    },
  });
}

/** Logs the loss and the return of Redis once each, however often a reconnect fails between. */
function watch<Connection extends RedisConnection>(redis: Connection, log: Log): Connection {
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
