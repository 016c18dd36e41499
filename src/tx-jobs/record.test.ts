import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { probe, raiseOn, testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { fromPg, Unavailable, type RunningWorker, type Statement } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
beforeAll(() => on.ready());
beforeEach(() => on.clear());

/** Long enough for a busy machine to renew in time. */
const leaseMs = 1500;
const insert = (n: number): Statement => ({
  text: "insert into effects (n) values ($1)",
  values: [n],
  name: "insert-effect",
});

/** Waits until the record has been tried several times. */
async function tried(): Promise<void> {
  await waitFor("the record to be tried", () =>
    on.events.some((event) => event.type === "record failed" && event.tries > 3),
  );
}

describe("F17 a record that fails after the effect is retried until it succeeds", () => {
  const STATES = ["40001", "40P01", "26000", "42501"];
  const PLACES = [
    ["the handler's own table", "effects", "insert"],
    ["tx_jobs", "tx_jobs", "update"],
  ] as const;

  it.each(
    PLACES.flatMap(([what, ...where]) => STATES.map((state) => [state, what, ...where] as const)),
  )("%s, raised on %s", async (state, _, table, operation) => {
    const effects: number[] = [];
    let mend = async () => {};
    const workers: RunningWorker[] = [];
    for (let count = 0; count < 2; count++) {
      workers.push(
        await on.worker(
          async ({ n }, job) => {
            effects.push(n);
            if (effects.length === 1) mend = await raiseOn(db, table, state, operation);
            return job.record(insert(n));
          },
          { leaseMs },
        ),
      );
    }
    const unrecorded = () => workers.map((worker) => worker.health().unrecorded);
    const id = await on.enqueue(1);
    await tried();
    expect(unrecorded().toSorted((a, b) => a - b)).toEqual([0, 1]);
    if (table === "tx_jobs") {
      // The lease is over. The other worker must not try again before the holder could renew it.
      await waitFor("a takeover to fail", () =>
        on.events.some((event) => event.type === "database failed" && event.task === "poll"),
      );
    }
    await mend();
    expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 1, attempts: 0 });
    await waitFor("health to tell", () => unrecorded().every((count) => count === 0));
    expect(effects).toEqual([1]);
    expect(await on.effects()).toEqual([1]);
  });

  it("other outcomes are retried too", async () => {
    const ends = [async () => {}, () => Promise.reject(new Error("no"))];
    for (const [n, end] of ends.entries()) {
      let runs = 0;
      let mend = async () => {};
      const worker = await on.worker(async () => {
        if (runs++ === 0) mend = await raiseOn(db, "tx_jobs", "42501");
        await end();
      });
      const id = await on.enqueue(n);
      await tried();
      on.events.length = 0;
      await mend();
      expect(await on.ended(id)).toMatchObject({ outcome: n === 0 ? "done" : "failed" });
      expect(runs).toBe(n === 0 ? 1 : 3);
      await worker.close();
    }
  });

  it("closing waits for the record", async () => {
    let mend = async () => {};
    const worker = await on.worker(async ({ n }, job) => {
      mend = await raiseOn(db, "effects", "42501", "insert");
      return job.record(insert(n));
    });
    const id = await on.enqueue(500);
    await tried();
    const closing = worker.close();
    await mend();
    await closing;
    expect(await on.row(id)).toMatchObject({ outcome: "done" });
  });
});

it("a recorded statement may begin with `with`, and returns its rows", async () => {
  const rows: unknown[] = [];
  const texts = [
    "with it as (select 7 as n) insert into effects (n) select n from it returning n",
    "-- a comment\n with recursive it (n) as (select 7) insert into effects (n) select n from it returning n",
    "/* with */ insert into effects (n) values (7) returning n",
  ];
  await on.worker(async ({ n }, job) => {
    rows.push(...(await job.record({ text: texts[n]!, values: [] })));
  });
  for (const n of texts.keys()) {
    expect(await on.ended(await on.enqueue(n))).toMatchObject({ outcome: "done" });
  }
  // The row is written before the handler gets the result.
  await waitFor("the results", () => rows.length === 3);
  expect(rows).toEqual([{ n: 7 }, { n: 7 }, { n: 7 }]);
});

it("an error that the handler throws after the record is ignored", async () => {
  await on.worker(async ({ n }, job) => {
    await job.record(insert(n));
    throw new Error("on purpose");
  });
  const id = await on.enqueue(600);
  expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, error: null });
});

describe("prepared statements that PostgreSQL has lost (26000)", () => {
  const pool = new pg.Pool({ connectionString: on.url, max: 1 });
  const forget = () => pool.query("deallocate all");
  afterAll(() => pool.end());

  it("do not disturb a worker", async () => {
    let runs = 0;
    const ends = [
      () => Promise.reject(new Unavailable("away")),
      () => Promise.reject(new Error("no")),
      async () => {},
    ];
    await on.worker(
      async ({ n }, job) => {
        await ends[runs++ % 3]!();
        await job.record(insert(n));
      },
      { db: fromPg(pool), leasesDb: on.connection },
    );
    for (let n = 700; n < 702; n++) {
      expect(await on.ended(await on.enqueue(n))).toMatchObject({ outcome: "done" });
      await forget();
    }
    await on.fill(3, () => false); // Only the poll finds these.
    await on.allEnded();
    expect(on.events.filter(({ type }) => /failed|lost/.test(type))).toEqual([]);
  });

  it("fail only one transaction of a producer", async () => {
    const client = await pool.connect();
    const enqueue = async () => {
      await client.query("begin");
      try {
        return await on.jobs.enqueue(fromPg(client), probe, { n: 710 });
      } finally {
        await client.query("commit");
      }
    };
    try {
      expect(await enqueue()).toMatchObject({ isNew: true });
      await client.query("deallocate all");
      await expect(enqueue()).rejects.toMatchObject({ code: "26000" });
      expect(await enqueue()).toMatchObject({ isNew: true });
    } finally {
      client.release();
    }
  });
});
