import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import type { ProxiedSystem } from "../system.ts";
import { redisPartFaults } from "./redis-parts.ts";

const server = await ownRedis();
const redis = new Redis(server.url, { lazyConnect: true });
beforeAll(async () => {
  await server.start();
});
afterAll(() => redis.disconnect());

/** What holds an active message while its worker lives, and what delays the search for others. */
const EXPIRING = ["enlist:critical:1:lock", "enlist:critical:stalled-check"];
const LASTING = "enlist:critical:id";

it("keys that come back old still expire, so that no message stays active without end", async () => {
  const lifeMs = 600_000;
  for (const key of EXPIRING) await redis.set(key, key, "PX", lifeMs);
  await redis.set(LASTING, LASTING);
  const system = { redisUrl: server.url } as ProxiedSystem;
  await redisPartFaults["redis comes back old"]!.strike(system, 0);
  for (const key of EXPIRING) {
    const leftMs = await redis.pttl(key);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(lifeMs);
  }
  expect(await redis.pttl(LASTING)).toBe(-1);
  expect(await redis.mget(...EXPIRING, LASTING)).toEqual([...EXPIRING, LASTING]);
});
