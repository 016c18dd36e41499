import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { ProxiedSystem } from "../system.ts";
import { freeze, kill, lasting, type Faults } from "./fault.ts";

const part = "store";

/** What befalls Redis. */
export const redisFaults: Faults = {
  "redis killed": { part, lasts: [0, 3000], strike: ({ redis }, ms) => kill(redis, ms) },
  "redis frozen": { part, lasts: [300, 4000], strike: ({ redis }, ms) => freeze(redis, ms) },
  "redis flushed": lasting(part, [0, 0], (system) => tell(system, "flushall", "sync")),
  "redis out of memory": lasting(
    part,
    [300, 3000],
    (system) => tell(system, "config", "set", "maxmemory", "1"),
    (system) => tell(system, "config", "set", "maxmemory", "0"),
  ),
  "redis read-only": lasting(
    part,
    [300, 3000],
    (system) => tell(system, "replicaof", "127.0.0.1", "1"),
    (system) => tell(system, "replicaof", "no", "one"),
  ),
  "redis away for long": {
    part,
    lasts: [8000, 20_000],
    strike: ({ redis }, ms) => kill(redis, ms),
  },
  "redis full while the mail server is away": lasting(
    part,
    [2000, 6000],
    async (system) => {
      for (const { lines } of system.workers) lines.smtp.cut();
      await sleep(1000); // Some have signed up meanwhile, and wait.
      await tell(system, "config", "set", "maxmemory", "1");
    },
    async (system) => {
      for (const { lines } of system.workers) lines.smtp.restore();
      await sleep(2000); // The worker goes on although Redis is still full.
      await tell(system, "config", "set", "maxmemory", "0");
    },
  ),
  // By one that writes nothing down and has nothing, or by the one with the old copy on its disk.
  "redis replaced": {
    part,
    lasts: [0, 1500],
    async strike({ redis }, ms) {
      await redis.program.stop();
      redis.durable = !redis.durable;
      await sleep(ms);
      await redis.start();
    },
  },
};

async function tell(
  { redisUrl }: ProxiedSystem,
  command: string,
  ...words: string[]
): Promise<void> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: 50, retryStrategy: () => 100 });
  client.on("error", () => {}); // It is tried again.
  await client.call(command, ...words);
  client.disconnect();
}
