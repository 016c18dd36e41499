import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { copyRedis } from "#test/servers/copy-redis.ts";
import type { ProxiedSystem } from "../system.ts";
import { type Faults } from "./fault.ts";

const part = "store";
const QUEUE = "enlist:critical";

/** The places of BullMQ in which a message of ours can be, beside its hash. */
const PLACES = {
  wait: (client: Redis) => client.lrange(`${QUEUE}:wait`, 0, -1),
  active: (client: Redis) => client.lrange(`${QUEUE}:active`, 0, -1),
  delayed: (client: Redis) => client.zrange(`${QUEUE}:delayed`, "0", "-1"),
};

/** What befalls a part of what Redis holds: hashes without their places, places without their hashes. */
export const redisPartFaults: Faults = {
  "redis loses a part": {
    part,
    lasts: [1000, 4000],
    strike: (system, ms) => during(system, ms, loseHalf),
  },
  "redis loses the places": {
    part,
    lasts: [1000, 4000],
    strike: (system, ms) =>
      during(system, ms, async (client) => {
        await client.del(...Object.keys(PLACES).map((place) => `${QUEUE}:${place}`));
      }),
  },
  // As a restore from a copy, or a failover to a replica that lagged.
  "redis comes back old": {
    part,
    lasts: [500, 4000],
    strike: (system, ms) =>
      withRedis(system, async (client) => {
        const restore = await copyRedis(client, "enlist:*");
        await sleep(ms);
        await restore();
      }),
  },
};

/** Does it every 50 ms for a while, so that it meets messages in every state. */
function during(
  system: ProxiedSystem,
  ms: number,
  act: (client: Redis) => Promise<unknown>,
): Promise<void> {
  return withRedis(system, async (client) => {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) await act(client);
  });
}

/** Takes from each message, at random, its hash, its place, or neither. */
async function loseHalf(client: Redis): Promise<void> {
  for (const [place, read] of Object.entries(PLACES)) {
    for (const id of await read(client)) {
      const lot = Math.random();
      if (lot < 1 / 3) await client.del(`${QUEUE}:${id}`);
      else if (lot < 2 / 3 && place === "delayed") await client.zrem(`${QUEUE}:${place}`, id);
      else if (lot < 2 / 3) await client.lrem(`${QUEUE}:${place}`, 0, id);
    }
  }
}

/** Works on Redis; a connection that is refused is tried again for a few seconds. */
async function withRedis(
  { redisUrl }: ProxiedSystem,
  work: (client: Redis) => Promise<unknown>,
): Promise<void> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: 50, retryStrategy: () => 100 });
  client.on("error", () => {}); // It is tried again.
  try {
    await work(client);
  } finally {
    client.disconnect();
  }
}
