import { randomUUID } from "node:crypto";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import knex, { type Knex } from "knex";
import pg from "pg";
import { afterAll, afterEach, inject } from "vitest";
import {
  CREATE_TABLE,
  createJobs,
  fromKnex,
  fromPg,
  handle,
  startWorker,
  type EnqueueOptions,
  type Handler,
  type Jobs,
  type RunningWorker,
  type WorkerEvent,
  type WorkerOptions,
} from "#src/tx-jobs/index.ts";
import { messageOptions, writeMessage } from "#src/tx-jobs/message.ts";
import { probe, type Probe } from "./tx-jobs-probe.ts";
import { withClient } from "../../scripts/services/postgres.ts";
import { start, type Program } from "../../scripts/services/start.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";

export { probe, type Probe };

/** How the row of one job stands. */
export interface Row {
  attempts: number;
  takes: number;
  lost: number;
  outcome: string | null;
  error: string | null;
  leased: boolean;
  unavailable: boolean;
}

interface On {
  /** Another Redis than the one that all tests share. */
  redisUrl?: string;
  /** The URL of the database "postgres" of another server. */
  serverUrl?: string;
  prefix?: string;
}

/**
 * The library on a database and a Redis prefix of this test file's own, with a table `effects` that
 * handlers may write into. Workers that a test starts are closed at its end.
 */
export async function testTxJobs({
  redisUrl = inject("redisUrl"),
  serverUrl = inject("postgresUrl"),
  prefix = `test-${randomUUID()}`,
}: On = {}) {
  const { url, db } = await database(serverUrl);
  const producer = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    retryStrategy: () => 100,
    enableOfflineQueue: false,
  });
  const consumer = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  for (const redis of [producer, consumer]) redis.on("error", () => {});
  const jobs = createJobs({ redis: producer, prefix });
  const queue = new Queue("critical", { connection: consumer, prefix, skipVersionCheck: true });
  queue.on("error", () => {});
  const workers: RunningWorker[] = [];
  const pools: pg.Pool[] = [];
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });
  afterAll(async () => {
    consumer.disconnect();
    producer.disconnect();
    await Promise.all(pools.map((pool) => pool.end()));
  });

  const events: WorkerEvent[] = [];

  return {
    url,
    db,
    connection: fromKnex(db),
    jobs,
    queue,
    prefix,
    producer,
    consumer,
    /** What all workers of this file have told. */
    events,

    /** Waits until messages can be added. */
    ready: () => waitFor("Redis", () => (jobs.assertReady(), true)),

    /** Enqueues in a transaction of its own. Returns the job's id. */
    async enqueue(n = 1, options?: EnqueueOptions, by: Jobs = jobs): Promise<string> {
      return db.transaction(async (tx) => {
        const { id } = await by.enqueue(fromKnex(tx), probe, { n }, options);
        return id;
      });
    },

    /**
     * Enqueues jobs in bulk, numbered from 1 on, as a producer would one by one. Returns their ids.
     * @param hasMessage which of them Redis is told of
     */
    async fill(count: number, hasMessage = (_n: number) => true): Promise<string[]> {
      const { rows } = await db.raw<{ rows: { id: string; xid: string }[] }>(
        `insert into tx_jobs (id, name, queue, payload, max_attempts, due_at)
         select gen_random_uuid(), 'probe', 'critical', jsonb_build_object('n', n), 3, clock_timestamp()
         from generate_series(1, ?::int) n returning id, pg_current_xact_id()::text as xid`,
        [count],
      );
      const messages = rows.flatMap((row, index) =>
        hasMessage(index + 1)
          ? [{ name: "probe", data: writeMessage(row), opts: messageOptions(3, 0) }]
          : [],
      );
      while (messages.length > 0) await queue.addBulk(messages.splice(0, 2000));
      return rows.map(({ id }) => id);
    },

    /** Waits until no job is left to do. */
    async allEnded(timeoutMs?: number): Promise<void> {
      await waitFor(
        "all jobs to end",
        async () => !(await db("tx_jobs").whereNull("finished_at").first("id")),
        timeoutMs,
      );
    },

    /** Waits until Redis holds no message: none waits, none is delayed, none is being looked at. */
    async drained(timeoutMs?: number): Promise<void> {
      await waitFor(
        "the queue to be empty",
        async () => (await queue.getJobCountByTypes()) === 0,
        timeoutMs,
      );
    },

    /** A worker with connections of its own. */
    async worker(
      handler: Handler<Probe>,
      options: Partial<WorkerOptions> & { pool?: pg.PoolConfig; dbUrl?: string } = {},
    ): Promise<RunningWorker> {
      const { pool, dbUrl = url, ...rest } = options;
      const open = (max: number) => {
        const made = new pg.Pool({ connectionString: dbUrl, max, ...pool });
        made.on("error", () => {});
        pools.push(made);
        return fromPg(made);
      };
      const worker = startWorker({
        db: open(10),
        leasesDb: open(1),
        redis: consumer,
        prefix,
        handlers: [handle(probe, handler)],
        pollMs: 200,
        on: (event) => void events.push(event),
        ...rest,
      });
      workers.push(worker);
      return worker;
    },

    /** How the row of a job stands; undefined if there is none. */
    async row(id: string): Promise<Row | undefined> {
      return db("tx_jobs")
        .where({ id })
        .first<Row>(
          "attempts",
          "takes",
          "lost",
          "outcome",
          "error",
          db.raw("leased_by is not null as leased"),
          db.raw("unavailable_at is not null as unavailable"),
        );
    },

    async ended(id: string): Promise<Row> {
      return waitFor(`the job ${id} to end`, async () => {
        const row = await this.row(id);
        return row?.outcome ? row : undefined;
      });
    },

    async effects(): Promise<number[]> {
      return db("effects").orderBy("n").pluck("n");
    },
  };
}

export type TxJobs = Awaited<ReturnType<typeof testTxJobs>>;

/** A database of this file's own on that server, gone when the file is through. */
async function database(serverUrl: string): Promise<{ url: string; db: Knex }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name}`));
  const url = serverUrl.replace(/postgres$/, name);
  const db = knex({
    client: "pg",
    connection: { connectionString: url, statement_timeout: 20_000 },
    pool: { min: 0, max: 10 },
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
  for (const statement of CREATE_TABLE) await db.raw(statement);
  await db.raw("create table effects (n int not null, by uuid, at timestamptz default now())");
  afterAll(async () => {
    await db.destroy();
    await withClient(serverUrl, (client) =>
      client.query(`drop database ${name} with (force)`),
    ).catch(() => {}); // A server of the file's own may be gone by now.
  });
  return { url, db };
}

/**
 * A worker in a process of its own, which a test may freeze or kill; see tx-jobs-process.ts. Resolves
 * when messages can come. Whoever starts it stops it.
 */
export async function workerProcess(
  on: Pick<TxJobs, "url" | "prefix">,
  env: { LEASE_MS: string; REDIS?: string; DIES?: string; NOWAIT?: string },
): Promise<Program> {
  const program = start(
    "worker",
    process.execPath,
    ["--import", "tsx", "src/testing/tx-jobs-process.ts"],
    { env: { POSTGRES: on.url, PREFIX: on.prefix, REDIS: inject("redisUrl"), ...env } },
  );
  await program.said(/^ready$/);
  return program;
}

/**
 * Has PostgreSQL raise an error for each row of a table that is written: what it can surprise with.
 * @returns what ends that
 */
export async function raiseOn(
  db: Knex,
  table: string,
  sqlstate: string,
  on: "update" | "insert" = "update",
): Promise<() => Promise<void>> {
  const name = `raise_${randomUUID().replaceAll("-", "")}`;
  await db.raw(`create function ${name}() returns trigger language plpgsql as
    $$ begin raise exception 'on purpose' using errcode = '${sqlstate}'; end $$`);
  await db.raw(`create trigger ${name} before ${on} on ${table}
    for each row execute function ${name}()`);
  return async () => {
    await db.raw(`drop trigger ${name} on ${table}`);
  };
}
