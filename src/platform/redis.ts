import { Cluster, Redis, type RedisOptions } from "ioredis";
import type { Log } from "./log.ts";
import { parseRedisUrl } from "./redis-url.ts";

/** A connection to any kind of Redis. */
export type RedisConnection = Redis | Cluster;

/** Milliseconds between attempts to reach an unavailable Redis, sentinel or cluster. */
const RETRY = 200;

// Measured on BullMQ 6.7 with ioredis 6: see docs/decisions/0001 and 0012. Both kinds of connection
// retry five times per second without end, so that no process needs a restart.
const reconnect: RedisOptions = {
  retryStrategy: () => RETRY,
  sentinelRetryStrategy: () => RETRY,
  // READONLY: the master became a replica, so reconnect to find the new one.
  reconnectOnError: ({ message }) => message.includes("READONLY"),
};

/**
 * The connection of a process that adds jobs. It fails at once while Redis is unavailable, and
 * after `timeoutMs` milliseconds without an answer. It never queues a command, because the sign-up
 * would be over by then.
 */
export function connectProducer(
  url: string,
  timeoutMs: number,
  log: Log,
  options: Pick<RedisOptions, "enableAutoPipelining"> = {},
): RedisConnection {
  return watch(
    connect(url, {
      ...options,
      enableOfflineQueue: false,
      commandTimeout: timeoutMs,
      connectTimeout: 500,
      maxRetriesPerRequest: 0,
      // Replaces connections that look ready but were silently dropped by the network.
      socketTimeout: 2 * timeoutMs,
    }),
    log,
  );
}

/** Milliseconds without data on a waiting worker's connection; BullMQ blocks for at most 10 s. */
const CONSUMER_SILENCE = 15_000;

/** The connection of a process that runs jobs: it waits for Redis without end. */
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
      // A hanging sentinel must not keep us from asking the others.
      sentinelCommandTimeout: 500,
    });
  }
  return new Cluster(hosts, {
    clusterRetryStrategy: () => RETRY,
    enableOfflineQueue: options.enableOfflineQueue ?? true,
    // Keep the name, because certificates are issued for it, not for its address.
    dnsLookup: (host, done) => done(null, host),
    redisOptions: {
      ...common,
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    },
  });
}

/** Logs each loss and return of Redis once, however often reconnecting fails in between. */
function watch<Connection extends RedisConnection>(redis: Connection, log: Log): Connection {
  let isUnavailable = false;
  redis.on("error", (err) => {
    if (!isUnavailable) log.warn({ err }, "redis unavailable");
    isUnavailable = true;
  });
  redis.on("ready", () => {
    if (isUnavailable) log.info("redis back");
    isUnavailable = false;
  });
  return redis;
}
