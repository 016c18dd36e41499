import { mkdirSync } from "node:fs";
import { Redis } from "ioredis";
import { findExecutable, REDIS } from "../find-executable.mjs";
import { freePort } from "./ports.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

export interface RedisServer {
  program: Program;
  port: number;
  url: string;
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
    waitFor("Redis to answer", () => ping(port)),
    program.ended.then((how) => {
      throw new Error(`Redis ${how}\n${program.lastLines()}`);
    }),
  ]);
  return { program, port, url: `redis://127.0.0.1:${port}` };
}

async function ping(port: number): Promise<boolean> {
  const redis = new Redis(port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => {}); // connect() reports it.
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } finally {
    redis.disconnect();
  }
}
