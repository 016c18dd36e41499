import { mkdirSync } from "node:fs";
import { Redis } from "ioredis";
import { findExecutable, REDIS } from "./find-executable.mjs";
import { freePort } from "./ports.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

export interface RedisServer {
  program: Program;
  port: number;
  url: string;
}

/** Several servers that are one Redis to whoever uses it. */
export interface Redises {
  /** As REDIS_URL takes it. */
  url: string;
  programs: Program[];
  /** The server that holds this key at the moment. */
  masterOf(key: string): Promise<RedisServer>;
  stop(): Promise<void>;
}

export interface RedisServerOptions {
  /** The folder for the data; made where it is missing. */
  folder: string;
  /** The port to take where it is free. */
  port?: number;
  /** Further arguments of redis-server. */
  args?: string[];
}

/** Starts this machine's redis-server (or valkey-server) on loopback, as production should run it. */
export async function startRedis({
  folder,
  port: wanted,
  args = ["--appendonly", "yes", "--save", ""],
}: RedisServerOptions): Promise<RedisServer> {
  const command = findExecutable(REDIS);
  if (!command) throw new Error("neither redis-server nor valkey-server was found");
  mkdirSync(folder, { recursive: true });
  const port = await freePort(wanted);
  const fixed = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const program = start("Redis", command, [
    ...fixed,
    ...["--maxmemory-policy", "noeviction", "--enable-debug-command", "local"],
    ...args,
  ]);
  await Promise.race([
    waitFor("Redis to answer", () => withRedis(port, (redis) => redis.ping())),
    program.ended.then((how) => {
      throw new Error(`Redis ${how}\n${program.lastLines()}`);
    }),
  ]);
  return { program, port, url: `redis://127.0.0.1:${port}` };
}

/**
 * Connects to the Redis on this port, runs `work`, and disconnects.
 * @throws where it is away, or does not answer within half a second
 */
export async function withRedis<T>(port: number, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(port, "127.0.0.1", {
    lazyConnect: true,
    retryStrategy: () => null,
    commandTimeout: 500,
  });
  redis.on("error", () => {}); // connect() reports it.
  try {
    await redis.connect();
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
