import { afterAll, beforeEach } from "vitest";
import { ownRedis } from "./own-redis.ts";
import { probe, testTxJobs } from "./tx-jobs.ts";
import type { AdaptedLibrary, AdapterCase } from "./tx-jobs-adapter/case.ts";
import { describeCodes } from "./tx-jobs-adapter/codes.ts";
import { describeEnding } from "./tx-jobs-adapter/ending.ts";
import { describeEnqueuing } from "./tx-jobs-adapter/enqueuing.ts";
import { describeReading } from "./tx-jobs-adapter/reading.ts";
import { describeRefusing, type Refusal } from "./tx-jobs-adapter/refusing.ts";

/**
 * Describes what an adapter must hold, with the real library on a PostgreSQL database and a Redis of
 * this file's own. Producers and workers use that library alone.
 * @param open opens the library on the database at this URL
 * @param over how a transaction that is over is refused; null if it cannot be
 */
export async function describeAdapter<Tx>(
  name: string,
  open: (url: string) => AdaptedLibrary<Tx>,
  over: Refusal | null = { name: "NotInTransaction" },
): Promise<AdapterCase<Tx>> {
  const redis = await ownRedis();
  await redis.start();
  const on = await testTxJobs({ redisUrl: redis.url });
  const { db, jobs } = on;
  const lib = open(on.url);
  afterAll(() => lib.close());
  beforeEach(async () => {
    await on.ready();
    await db("tx_jobs").del();
  });
  let last = 0;
  const seen: number[] = [];
  const shared: AdapterCase<Tx> = {
    ...{ name, lib, redis, on, seen },
    next: () => ++last,
    worker: (handler = async ({ n }) => void seen.push(n)) =>
      on.worker(handler, { db: lib.pool, leasesDb: lib.pool }),
    enqueue: (n) =>
      lib.transaction(async (tx) => (await jobs.enqueue(lib.from(tx), probe, { n })).id),
    jobsOf: async (n) =>
      db("tx_jobs").whereRaw("payload = ?", JSON.stringify({ n })).pluck<string[]>("id"),
    effectsOf: async (n) => db("effects").where({ n }).pluck<number[]>("n"),
  };
  describeEnqueuing(shared);
  describeRefusing(shared, over);
  describeEnding(shared);
  describeCodes(shared);
  describeReading(shared);
  return shared;
}
