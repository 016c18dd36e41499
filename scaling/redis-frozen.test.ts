import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#src/testing/database.ts";
import { onRedises, type OnRedises } from "#src/testing/redises.ts";
import { median } from "#src/testing/stream.ts";
import { startRedisCluster } from "../scripts/services/redis-cluster.ts";
import { startRedisSentinels } from "../scripts/services/redis-sentinels.ts";

const database = await testDatabase();

describe.each([
  ["a cluster", startRedisCluster],
  ["sentinels", startRedisSentinels],
])("Redis behind %s", (_, start) => {
  let on: OnRedises;
  beforeAll(async () => {
    on = await onRedises(database, start);
  });
  afterAll(() => on.close());

  it("has a master that freezes and comes back as a replica, then one that is killed", async () => {
    expect(median(await on.failOver("SIGSTOP"))).toBeLessThan(1000);
    await on.failOver("SIGKILL");
  });
});
