import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testTxJobs } from "../../test/fixtures/tx-jobs.ts";
import { startTcpProxy } from "../../test/servers/tcp-proxy.ts";
import { waitFor } from "../../test/servers/wait-for.ts";
import { fromPg, type Job } from "./index.ts";

const on = await testTxJobs();
const { db } = on;
const proxy = await startTcpProxy(on.url);
/** The handlers' connection, through the proxy. */
const pool = new pg.Pool({ connectionString: proxy.url, query_timeout: 1000 });
pool.on("error", () => {});

beforeAll(() => on.ready());
beforeEach(() => on.clear());
afterAll(async () => {
  await pool.end();
  await proxy.close();
});

interface Course {
  begin?: string;
  before?: () => Promise<unknown>;
  after?: () => Promise<unknown>;
  /** Whether errors of `complete` are swallowed. */
  swallow?: boolean;
  /** What must have happened before the connection closes. */
  closing?: Promise<unknown>;
}

/** Ends the job in the transaction of its effect. Returns the answer to COMMIT. */
async function effect(
  job: Job,
  { begin = "begin", before, after, swallow, closing }: Course = {},
): Promise<string> {
  const client = await pool.connect();
  client.on("error", () => {});
  try {
    await client.query(begin);
    await before?.();
    const completing = job.complete(fromPg(client));
    await (swallow ? completing.catch(() => {}) : completing);
    if (!swallow) await client.query("insert into effects (n) values (1)");
    await after?.();
    return (await client.query("commit")).command;
  } finally {
    void (closing ?? Promise.resolve()).then(() => client.release(true));
  }
}

/** Makes another worker take the job. */
const steal = async () =>
  db("tx_jobs").update({ takes: db.raw("takes + 1"), leased_by: db.raw("gen_random_uuid()") });

describe("complete: effects in PostgreSQL happen exactly once", () => {
  it("in the normal case", async () => {
    await on.worker(async (_, job) => effect(job));
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", takes: 1 });
    expect(await on.effects()).toEqual([1]);
    await waitFor("it to be told", () => on.events.some(({ type }) => type === "done"));
  });

  it.each([
    ["before", { before: steal }],
    [
      "before, with a snapshot that does not see it",
      {
        begin: "begin isolation level repeatable read",
        before: steal,
      },
    ],
  ])("if the lease is lost %s", async (_, how) => {
    const outcomes: unknown[] = [];
    await on.worker(async (__, job) => {
      await effect(job, how).catch((error: Error) => outcomes.push(error.name));
    });
    const id = await on.enqueue();
    await waitFor("the run to end", () => on.events.some(({ type }) => type === "lease lost"));
    expect(outcomes).toEqual(["LeaseLost"]);
    expect(await on.effects()).toEqual([]);
    expect(await on.row(id)).toMatchObject({ outcome: null, takes: 2, attempts: 0 });
  });

  it("if the handler ignores a lost lease: the COMMIT answers with a rollback", async () => {
    let answer = "";
    await on.worker(async (_, job) => {
      await steal();
      answer = await effect(job, { swallow: true });
    });
    await on.enqueue();
    await waitFor("the run to end", () => on.events.some(({ type }) => type === "lease lost"));
    expect(answer).toBe("ROLLBACK");
  });

  it.each(["read committed", "repeatable read", "serializable"])(
    "if it takes longer than the lease, at %s",
    async (level) => {
      const takes: unknown[] = [];
      const read = async () => takes.push(await db("tx_jobs").pluck("takes"));
      const course: Course = {
        begin: `begin isolation level ${level}`,
        async after() {
          await read();
          await waitFor("the lease to be over for a second", async () => {
            const { rows } = await db.raw<{ rows: unknown[] }>(
              "select from tx_jobs where leased_until < now() - interval '1 s'",
            );
            return rows.length > 0;
          });
          await read();
        },
      };
      for (let count = 0; count < 2; count++) {
        await on.worker(async (_, job) => effect(job, course), { leaseMs: 600, pollMs: 100 });
      }
      expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", attempts: 0 });
      expect(takes[0]).toEqual(takes[1]);
      expect(await on.effects()).toEqual([1]);
    },
  );

  it("even if the handler goes on long after its commit", async () => {
    const leaseMs = 1000;
    const seen: boolean[] = [];
    await on.worker(
      async (_, job) => {
        await effect(job);
        await sleep(2 * leaseMs);
        seen.push(job.signal.aborted);
      },
      { leaseMs },
    );
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", takes: 1 });
    await waitFor("the handler to return", () => seen.length > 0);
    expect(seen).toEqual([false]);
  });

  it("if the handler rolls back: the attempt failed", async () => {
    await on.worker(async (_, job) => {
      if (job.attempt < 3) {
        await effect(job, { after: () => Promise.reject(new Error("on purpose")) }).catch(
          (error: unknown) => {
            if (job.attempt === 1) throw error;
          },
        );
      } else await effect(job);
    });
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", attempts: 2 });
    expect(await on.effects()).toEqual([1]);
  });
});

describe("complete: a COMMIT in doubt", () => {
  it("fails the attempt if it never arrived", async () => {
    await on.worker(async (_, job) => {
      if (job.attempt === 1) proxy.onceSent("commit", () => proxy.cut());
      else proxy.restore();
      await effect(job);
    });
    expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", attempts: 1 });
    expect(await on.effects()).toEqual([1]);
  });

  it("finishes the job if it succeeded and its answer was lost", async () => {
    proxy.onceSent("commit", () => proxy.stall("answers"));
    await on.worker(async (_, job) => effect(job));
    const id = await on.enqueue();
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 1 });
    proxy.cut();
    await waitFor("it to be told", () => on.events.some(({ type }) => type === "done"));
    proxy.restore();
    proxy.flow();
    expect(await on.effects()).toEqual([1]);
    expect(on.events.some(({ type }) => type === "retrying" || type === "lease lost")).toBe(false);
  });

  it("is waited for if it arrives after the worker has checked", async () => {
    proxy.onceSent("commit", () => proxy.stall("all"));
    let close = () => {};
    const closing = new Promise<void>((resolve) => (close = resolve));
    await on.worker(async (_, job) => effect(job, { closing }));
    const id = await on.enqueue();
    await waitFor("the record to wait for the transaction", async () => {
      const { rows } = await db.raw<{ rows: unknown[] }>(
        "select from pg_locks where not granted and locktype = 'transactionid'",
      );
      return rows.length > 0;
    });
    proxy.flow();
    expect(await on.ended(id)).toMatchObject({ outcome: "done", attempts: 0, takes: 1 });
    await waitFor("it to be told", () => on.events.some(({ type }) => type === "done"));
    expect(await on.effects()).toEqual([1]);
    close();
  });
});

it("complete is refused on a pool, and on a transaction that is over", async () => {
  const names: string[] = [];
  const note = (error: Error) => names.push(error.message.replace(/^.*: /, ""));
  await on.worker(async (_, job) => {
    const client = await pool.connect();
    await job.complete(fromPg(pool)).catch(note);
    await job.complete(fromPg(client)).catch(note);
    client.release();
  });
  expect(await on.ended(await on.enqueue())).toMatchObject({ outcome: "done", attempts: 0 });
  expect(names).toEqual(["this is a pool, not a transaction", "the transaction is over"]);
});
