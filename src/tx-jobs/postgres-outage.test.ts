import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ownPostgres } from "../../test/fixtures/own-postgres.ts";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";

const postgres = await ownPostgres();
const on = await testTxJobs({ serverUrl: postgres.url });
const { db } = on;
/** A third of it is the time to renew: longer than any answer may take. */
const leaseMs = 3000;
const ANSWER_MS = 500;
const OUTAGE_MS = 4000;
beforeAll(() => on.ready());
afterEach(async () => {
  await db("tx_jobs").delete();
});

const OUTAGES: Record<string, () => Promise<void>> = {
  async "stops and starts again"() {
    await postgres.server().program.stop();
    await sleep(OUTAGE_MS);
    await postgres.start();
  },
  async "crashes and recovers"() {
    postgres.server().crash();
    await postgres.server().program.ended;
    await sleep(OUTAGE_MS);
    await postgres.start();
  },
  async "freezes for longer than a lease, and thaws"() {
    const thaw = await postgres.server().freeze();
    await sleep(OUTAGE_MS);
    thaw();
  },
};

describe.each(Object.entries(OUTAGES))("PostgreSQL %s under load", (_, outage) => {
  it("no job is lost or done twice, as lease holders renew first", async () => {
    const effects: number[] = [];
    const ends: boolean[] = [];
    const pool = { query_timeout: ANSWER_MS, connectionTimeoutMillis: ANSWER_MS };
    for (let count = 0; count < 2; count++) {
      await on.worker(
        async ({ n }, job) => {
          effects.push(n);
          await sleep(20 * (n % 10));
          return job.record({ text: "insert into effects (n) values ($1)", values: [n] });
        },
        { leaseMs, pool, on: ({ type }) => void (type === "database back" && ends.push(true)) },
      );
    }
    const over = new AbortController();
    let next = 1;
    const producers = Array.from({ length: 4 }, async () => {
      while (!over.signal.aborted) {
        // A failed transaction may have committed: check the table.
        await on.enqueue(next++).catch(() => sleep(50));
      }
    });
    await waitFor("a stream of jobs", () => effects.length > 100);
    await outage();
    await waitFor("both workers to be back", () => ends.length >= 2);
    const before = effects.length;
    await waitFor("the stream to go on", () => effects.length > before + 100);
    over.abort();
    await Promise.all(producers);
    await on.allEnded();
    const rows = await db("tx_jobs").where({ outcome: "done" }).select("payload");
    const done = rows.map(({ payload }: { payload: { n: number } }) => payload.n);
    const byNumber = (a: number, b: number) => a - b;
    expect(effects.toSorted(byNumber)).toEqual(done.toSorted(byNumber));
    expect(new Set(await db("effects").pluck("n"))).toEqual(new Set(await on.effects()));
  });
});
