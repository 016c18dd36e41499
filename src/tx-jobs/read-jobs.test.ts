import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import {
  checkTable,
  countJobs,
  isUnavailable,
  listJobs,
  pruneJobs,
  retryJobs,
  type Connection,
  type JobCount,
} from "./index.ts";

const on = await testTxJobs();
const { db, connection } = on;
beforeAll(() => on.ready());
afterEach(async () => {
  await db("tx_jobs").delete();
});

const ago = (seconds: number) => db.raw("now() - ? * interval '1 s'", [seconds]);

/** Creates one job per state and two failed ones, and returns their ids by name. */
async function oneOfEach() {
  const lease = { leased_by: randomUUID(), leased_until: ago(-30) };
  const rows = {
    later: { due_at: ago(-60) },
    waiting: { due_at: ago(100) },
    running: { due_at: ago(90), ...lease },
    lost: { due_at: ago(80), ...lease, leased_until: ago(1) },
    retrying: { due_at: ago(-10), attempts: 1, error: "no" },
    done: { due_at: ago(70), outcome: "done", finished_at: ago(69) },
    failed: { due_at: ago(50), attempts: 3, outcome: "failed", finished_at: ago(40), error: "no" },
    gaveUp: { due_at: ago(60), attempts: 3, outcome: "failed", finished_at: ago(30) },
  };
  const ids = await on.fill(Object.keys(rows).length, () => false);
  const names = Object.keys(rows) as (keyof typeof rows)[];
  const byName = Object.fromEntries(names.map((name, index) => [name, ids[index]!]));
  for (const name of names) await db("tx_jobs").where({ id: byName[name] }).update(rows[name]);
  return byName as Record<keyof typeof rows, string>;
}

describe("listJobs", () => {
  it("lists all jobs, or those of one state, name, or id", async () => {
    const ids = await oneOfEach();
    const names = async (
      ...filter: Parameters<typeof listJobs> extends [unknown, ...infer F] ? F : never
    ) => {
      const jobs = await listJobs(connection, ...filter);
      return jobs.map((job) => Object.keys(ids).find((name) => ids[name as "done"] === job.id));
    };
    const unfinished = ["waiting", "running", "lost", "retrying", "later"];
    expect(await names()).toEqual([...unfinished, "gaveUp", "failed", "done"]);
    expect(await names({ state: "waiting" })).toEqual(["waiting", "lost", "later"]);
    expect(await names({ state: "running" })).toEqual(["running"]);
    expect(await names({ state: "retrying" })).toEqual(["retrying"]);
    expect(await names({ state: "done" })).toEqual(["done"]);
    expect(await names({ state: "failed" })).toEqual(["gaveUp", "failed"]);
    expect(await names({ limit: 2 })).toEqual(["waiting", "running"]);
    expect(await names({ state: "failed", limit: 1 })).toEqual(["gaveUp"]);
    expect(await names({ name: "probe", state: "done" })).toEqual(["done"]);
    expect(await names({ name: "other" })).toEqual([]);
    expect(await names({ ids: [ids.later, ids.failed] })).toEqual(["later", "failed"]);
    expect(await names({ ids: [] })).toEqual([]);
    const [job] = await listJobs(connection, { ids: [ids.failed] });
    expect(job).toMatchObject({
      ...{ name: "probe", queue: "critical", state: "failed" },
      ...{ attempts: 3, maxAttempts: 3, error: "no" },
    });
    expect(job!.finishedAt!.getTime() - job!.dueAt.getTime()).toBe(10_000);
  });
});

describe("countJobs", () => {
  it("counts unfinished jobs by state, and tells how long the oldest has been due", async () => {
    await oneOfEach();
    const counts = await countJobs(connection);
    const byState = Object.fromEntries(counts.map(({ state, count }) => [state, count]));
    expect(byState).toEqual({ waiting: 3, running: 1, retrying: 1, failed: 2 });
    const oldest = (state: string) => counts.find((one) => one.state === state)!.oldestSeconds;
    expect(oldest("waiting")).toBeGreaterThanOrEqual(100);
    expect(oldest("waiting")).toBeLessThan(130);
    expect(oldest("running")).toBeLessThan(100);
  });

  it("keeps a job's age over a retry", async () => {
    const [id] = await on.fill(1, () => false);
    const asked = { created_at: ago(500), due_at: ago(-10), attempts: 7 };
    await db("tx_jobs").where({ id }).update(asked);
    const [{ state, oldestSeconds }] = (await countJobs(connection)) as [JobCount];
    expect(state).toBe("retrying");
    expect(Math.round(oldestSeconds / 10)).toBe(50);
  });
});

it("listJobs and countJobs do not read jobs that are done", async () => {
  await db.raw(`insert into tx_jobs (id, name, queue, payload, max_attempts, due_at, finished_at, outcome)
    select gen_random_uuid(), 'probe', 'critical', '{}', 1, now(), now(), 'done'
    from generate_series(1, 20000)`);
  await oneOfEach();
  await db.raw("vacuum analyze tx_jobs");
  const plans: string[] = [];
  const explaining: Connection = {
    async run({ text, values }) {
      const rows = await connection.run({ text: `explain ${text}`, values });
      plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
      return [] as never;
    },
    transaction: () => "none",
  };
  await countJobs(explaining);
  for (const state of ["waiting", "failed", "done"] as const) await listJobs(explaining, { state });
  await listJobs(explaining);
  expect(plans).toHaveLength(5);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on tx_jobs/);
});

describe("retryJobs", () => {
  it("restarts failed jobs from the first attempt, and makes waiting ones due now", async () => {
    const ids = await oneOfEach();
    const retried = await retryJobs(connection, { ids: Object.values(ids) });
    expect(retried.toSorted()).toEqual(
      [ids.later, ids.waiting, ids.retrying, ids.failed, ids.gaveUp].toSorted(),
    );
    const attempts = await db("tx_jobs").where({ id: ids.retrying }).pluck("attempts");
    expect(attempts).toEqual([1]);
    const seen: number[] = [];
    await on.worker(async (_, job) => void seen.push(job.attempt));
    await Promise.all(retried.map((id) => on.ended(id)));
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 2]);
    expect(await on.row(ids.done)).toMatchObject({ takes: 0 });
    expect(await on.row(ids.failed)).toMatchObject({ outcome: "done", attempts: 0, error: null });
  });

  it("retries only failed jobs if given a name, and only of that name", async () => {
    const ids = await oneOfEach();
    expect(await retryJobs(connection, { name: "other" })).toEqual([]);
    const retried = await retryJobs(connection, { name: "probe" });
    expect(retried.toSorted()).toEqual([ids.failed, ids.gaveUp].toSorted());
  });
});

describe("pruneJobs", () => {
  it("deletes only jobs that were done or failed long enough ago", async () => {
    const ids = await oneOfEach();
    expect(await pruneJobs(connection, { doneMs: 75_000, failedMs: 45_000 })).toBe(0);
    expect(await pruneJobs(connection, { doneMs: 60_000, failedMs: 35_000 })).toBe(2);
    const left = Object.values(ids).filter((id) => id !== ids.done && id !== ids.failed);
    expect(new Set(await db("tx_jobs").pluck("id"))).toEqual(new Set(left));
    expect(await pruneJobs(connection, { doneMs: 0, failedMs: 0 })).toBe(1);
    expect(await db("tx_jobs").whereNull("finished_at").pluck("id")).toHaveLength(5);
  });

  it("deletes in batches, skips locked rows, and stops when told to", async () => {
    await on.fill(2500, () => false);
    await db("tx_jobs").update({ finished_at: ago(10), outcome: "done" });
    const keep = { doneMs: 0, failedMs: 0 };
    expect(await pruneJobs(connection, keep, AbortSignal.abort())).toBe(0);
    await db.transaction(async (tx) => {
      await tx("tx_jobs").forUpdate().first();
      expect(await pruneJobs(connection, keep)).toBe(2499);
    });
    expect(await pruneJobs(connection, keep)).toBe(1);
  });
});

describe("isUnavailable", () => {
  it("looks at the last half minute and the oldest unfinished jobs", async () => {
    const is = () => isUnavailable(connection, "probe");
    expect(await is()).toBe(false);
    const ids = await oneOfEach();
    expect(await is()).toBe(false);
    const found = (id: string, seconds: number) =>
      db("tx_jobs")
        .where({ id })
        .update({ unavailable_at: ago(seconds) });
    await found(ids.done, 1);
    expect(await is()).toBe(false);
    await found(ids.waiting, 31);
    expect(await is()).toBe(false);
    await found(ids.running, 20);
    expect(await is()).toBe(true);
    expect(await isUnavailable(connection, "other")).toBe(false);
  });
});

describe("checkTable", () => {
  it("accepts this version, and names a missing table or another version", async () => {
    await checkTable(connection);
    await db.raw("comment on table tx_jobs is 'tx-jobs 0'");
    const message =
      /^The table tx_jobs has version "tx-jobs 0", but this library needs "tx-jobs \d+"/;
    await expect(checkTable(connection)).rejects.toMatchObject({
      name: "SchemaError",
      message: expect.stringMatching(message),
    });
    await db.raw("comment on table tx_jobs is null");
    await expect(checkTable(connection)).rejects.toThrow('has version "none"');
    await db.raw("comment on table tx_jobs is 'tx-jobs 1'");
    await db.raw("alter table tx_jobs rename to elsewhere");
    await expect(checkTable(connection)).rejects.toThrow("There is no table tx_jobs");
    await db.raw("alter table elsewhere rename to tx_jobs");
  });

  it.each([
    [
      "the table exists",
      "alter table tx_jobs rename to elsewhere",
      "alter table elsewhere rename to tx_jobs",
    ],
    [
      "it has this version",
      "comment on table tx_jobs is 'tx-jobs 0'",
      "comment on table tx_jobs is 'tx-jobs 1'",
    ],
  ])("keeps a worker from taking jobs until %s", async (_, spoil, mend) => {
    const id = await on.enqueue();
    await db.raw(spoil);
    const worker = await on.worker(async () => {});
    await expect.poll(() => on.events.some(({ type }) => type === "dropped")).toBe(true);
    await expect.poll(() => worker.health().database).toBe(false);
    await db.raw(mend);
    expect(await on.ended(id)).toMatchObject({ outcome: "done", takes: 1 });
    await expect.poll(() => worker.health().database).toBe(true);
    on.events.length = 0;
  });
});
