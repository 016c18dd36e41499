import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { toArray, type Connection, type Statement } from "./connection.ts";
import { markDone } from "./finish.ts";
import type { Job } from "./handle.ts";
import type { StatementFor } from "./record.ts";

const on = await testTxJobs();
const { db } = on;
const COUNT = 5;
beforeAll(() => on.ready());
beforeEach(() => on.clear());

/** Writes one effect per job, and returns twice its number. */
const insert: StatementFor = (keys) => ({
  text: "insert into effects (n) select unnest($1::int[]) returning n::text as key, n * 2 as twice",
  values: [toArray(keys)],
  name: "insert-effects",
});

/** The same, once nobody else holds the lock with a job's number. */
const insertUnlocked: StatementFor = (keys) => ({
  text: `insert into effects (n)
    select n from unnest($1::int[]) n, lateral (select pg_advisory_xact_lock(n)) locked
    returning n::text as key`,
  values: [toArray(keys)],
});

/** Runs `end` for all jobs in the same turn, when the last one has started. */
function meeting<T>(end: (n: number, job: Job) => Promise<T>) {
  const runs: number[] = [];
  let meet = () => {};
  const met = new Promise<void>((resolve) => (meet = resolve));
  const handler = async ({ n }: { n: number }, job: Job) => {
    if (runs.push(n) === COUNT) meet();
    await met;
    return end(n, job);
  };
  return { runs, handler };
}

/** The worker's connection, and the statements with this text that went through it. */
function noting(part: string, before: (statement: Statement) => Promise<void>) {
  const statements: Statement[] = [];
  const connection: Connection = {
    ...on.connection,
    async run(statement) {
      if (statement.text.includes(part)) {
        statements.push(statement);
        await before(statement);
      }
      return on.connection.run(statement);
    },
  };
  return { statements, connection };
}
const nothing = async () => {};

it("records jobs that end together in one statement, and gives each its own rows", async () => {
  const { statements, connection } = noting("into effects", nothing);
  const rows = new Map<number, unknown[]>();
  const { handler } = meeting(async (n, job) => {
    rows.set(n, await job.recordTogether(insert, String(n)));
  });
  await on.worker(handler, { db: connection });
  await on.fill(COUNT);
  await on.allEnded();
  expect(statements).toHaveLength(1);
  expect(statements[0]).not.toHaveProperty("name"); // A prepared plan would be for any number.
  await waitFor("the rows", () => rows.size === COUNT);
  for (const [n, own] of rows) expect(own).toEqual([{ key: String(n), twice: 2 * n }]);
  expect(await on.effects()).toEqual([1, 2, 3, 4, 5]);
  expect(await db("tx_jobs").distinct("outcome").pluck("outcome")).toEqual(["done"]);
});

it("records a lone job by a statement that can be prepared", async () => {
  const { statements, connection } = noting("into effects", nothing);
  await on.worker(({ n }, job) => job.recordTogether(insert, String(n)), { db: connection });
  for (const n of [1, 2]) await on.ended(await on.enqueue(n));
  expect(statements.map(({ name }) => name)).toEqual(Array(2).fill("tx-jobs-insert-effects"));
  expect(await on.effects()).toEqual([1, 2]);
});

it("keeps nobody from being recorded beside some that fail", async () => {
  await db.raw("alter table effects add constraint not_yet check (n not in (3, 4))");
  const { runs, handler } = meeting((n, job) => job.recordTogether(insert, String(n)));
  const { statements, connection } = noting("into effects", nothing);
  const worker = await on.worker(handler, { db: connection });
  try {
    await on.fill(COUNT);
    await waitFor("the others", async () => (await on.effects()).length === COUNT - 2);
    await waitFor("the record to be tried again", () =>
      on.events.some((event) => event.type === "record failed" && event.tries > 3),
    );
    // Only the first try was made together with others.
    expect(new Set(statements.slice(1).map(({ values }) => values[0]))).toEqual(
      new Set(["{1}", "{2}", "{3}", "{4}", "{5}"]),
    );
    expect(worker.health().unrecorded).toBe(2);
  } finally {
    await db.raw("alter table effects drop constraint not_yet");
  }
  await on.allEnded();
  expect(await on.effects()).toEqual([1, 2, 3, 4, 5]);
  expect(runs).toHaveLength(COUNT);
});

it("is delayed by another job's lock for one statement's time at most", async () => {
  const { handler } = meeting((n, job) => job.recordTogether(insertUnlocked, String(n)));
  const lock = await db.transaction();
  try {
    await lock.raw("select pg_advisory_xact_lock(3)");
    await on.fill(COUNT);
    await on.worker(handler, { pool: { statement_timeout: 500 } });
    await waitFor("the others", async () => (await on.effects()).length === COUNT - 1);
    expect(await on.effects()).toEqual([1, 2, 4, 5]);
  } finally {
    await lock.rollback();
  }
  await on.allEnded();
  expect(await on.effects()).toEqual([1, 2, 3, 4, 5]);
});

it("records all if the answer for several was lost", async () => {
  let isLost = false;
  const { handler, runs } = meeting((n, job) => job.recordTogether(insert, String(n)));
  const { statements, connection } = noting("into effects", async (statement) => {
    if (isLost) return;
    isLost = true;
    await on.connection.run(statement);
    throw new Error("the line broke");
  });
  await on.worker(handler, { db: connection });
  await on.fill(COUNT);
  await waitFor("each to be tried again", () => statements.length === 1 + COUNT);
  await on.allEnded();
  await waitFor(
    "all to be reported as done",
    () => on.events.filter(({ type }) => type === "done").length === COUNT,
  );
  expect(on.events.filter(({ type }) => type === "lease lost")).toEqual([]);
  expect(runs).toHaveLength(COUNT);
});

it("reports all as done if a pooler lost the answer for several, and says so by a code", async () => {
  let isLost = false;
  const { handler, runs } = meeting(nothing);
  const { connection } = noting("outcome = 'done'", async (statement) => {
    if (isLost) return;
    isLost = true;
    await on.connection.run(statement);
    throw Object.assign(new Error("server conn crashed?"), { code: "08P01" }); // PgBouncer's words
  });
  await on.worker(handler, { db: connection });
  await on.fill(COUNT);
  await on.allEnded();
  const ends = () => on.events.filter(({ type }) => type === "done" || type === "lease lost");
  await waitFor("the ends", () => ends().length === COUNT);
  expect(ends().map(({ type }) => type)).toEqual(Array(COUNT).fill("done"));
  expect(runs).toHaveLength(COUNT);
});

it("marks jobs done in one statement if their handlers return together", async () => {
  const { statements, connection } = noting("outcome = 'done'", nothing);
  const { handler } = meeting(nothing);
  await on.worker(handler, { db: connection });
  await on.fill(COUNT);
  await on.allEnded();
  expect(statements).toHaveLength(1);
});

it("ends only what each run still holds", async () => {
  const ids = await on.fill(4, () => false);
  const [workerId, other] = [randomUUID(), randomUUID()];
  const lease = (id: string, leased_by: string | null, takes: number) =>
    db("tx_jobs").where({ id }).update({ leased_by, leased_until: db.fn.now(), takes });
  await lease(ids[0]!, workerId, 1);
  await lease(ids[1]!, other, 1);
  await lease(ids[2]!, workerId, 2);
  await lease(ids[3]!, workerId, 1);
  await db("tx_jobs")
    .where({ id: ids[3] })
    .update({
      ...{ finished_at: db.fn.now(), outcome: "failed", leased_by: null, leased_until: null },
    });
  const runs = ids.map((id) => ({ workerId, job: { id, name: "probe", takes: 1 } }));
  expect(await markDone(on.connection, runs)).toEqual([true, false, false, false]);
  const outcomes = await db("tx_jobs").orderByRaw("(payload->>'n')::int").pluck("outcome");
  expect(outcomes).toEqual(["done", null, null, "failed"]);
  // And alone.
  for (const [index, run] of runs.slice(1).entries()) {
    expect([index, await markDone(on.connection, [run])]).toEqual([index, [false]]);
  }
});

it("ends only one of two runs of the same job", async () => {
  const [id] = await on.fill(1, () => false);
  const workerId = randomUUID();
  const leased = { leased_by: workerId, leased_until: db.fn.now(), takes: 3 };
  await db("tx_jobs").where({ id }).update(leased);
  const run = (takes: number) => ({ workerId, job: { id: id!, name: "probe", takes } });
  expect(await markDone(on.connection, [run(1), run(3)])).toEqual([false, true]);
});
