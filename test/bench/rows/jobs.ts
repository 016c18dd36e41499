import { randomUUID } from "node:crypto";
import knex, { type Knex } from "knex";
import { createDb } from "#src/platform/db.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { connectConsumer } from "#src/platform/redis.ts";
import { markDone } from "#src/tx-jobs/finish.ts";
import { createFloor, type Floor } from "#src/tx-jobs/floor.ts";
import { createJobs, fromKnex, handle, startWorker, type Jobs } from "#src/tx-jobs/index.ts";
import { lookFor, takeDue } from "#src/tx-jobs/take.ts";
import { fillBacklog } from "../backlog.ts";
import { interleave, percentile, times } from "../measure.ts";
import type { Bench, Line, Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { freshEnv } from "../stage.ts";

type Services = Awaited<ReturnType<typeof openServices>>;

/** What the jobs cost, and that none of it grows. */
export const measure: Measure = async (bench) => {
  const services = await openServices();
  // The log is the whole server's: first, before there is a table that gets vacuumed meanwhile.
  const log = await measureLog(bench, services);
  return [
    ...(await measureHistory(bench, services)),
    ...(await measureBacklog(bench, services)),
    ...(await measureRedis(bench, services)),
    log,
  ];
};

/** A table with so many finished jobs, whose dead entries a snapshot holds. */
interface Town {
  db: Knex;
  jobs: Jobs;
  floor: Floor;
  release: () => Promise<unknown>;
}

const SIZES = [1_000, 1_000_000];

/** Enqueue, take and poll beside a thousand finished jobs and beside a million, under a held snapshot. */
async function measureHistory({ env, say }: Bench, services: Services): Promise<Line[]> {
  const towns: Town[] = [];
  for (const size of SIZES) towns.push(await makeTown(env, services, size, say));
  const lines: Line[] = [];
  for (const [what, run] of Object.entries(TASKS)) {
    say(what);
    const taken = await interleave(
      towns.map((town, index) => ({
        what: SIZES[index]!.toLocaleString("en"),
        run: () => times(25, () => run(town)),
      })),
      say,
      40, // Short ones: what the machine does besides lasts for seconds.
    );
    lines.push({
      part: `${what}, p50, 1,000,000 finished`,
      unit: "ms",
      ours: percentile(taken[1]!, 0.5),
      peer: "1,000 finished",
      theirs: percentile(taken[0]!, 0.5),
      atMost: 1.2,
    });
  }
  for (const { db, release } of towns) {
    await release();
    await db.destroy();
  }
  return lines;
}

const enqueue = ({ db, jobs }: Town) =>
  db.transaction(async (tx) => {
    const verificationId = randomUUID();
    await jobs.enqueue(fromKnex(tx), verifyEmailJob, { verificationId }, { id: verificationId });
    return { id: verificationId, xid: "3" };
  });

const taking = ({ db }: Town) => ({ db: fromKnex(db), workerId: randomUUID(), leaseMs: 30_000 });

const TASKS: Record<string, (town: Town) => Promise<unknown>> = {
  enqueue,
  "enqueue and take": async (town) => lookFor(taking(town), [await enqueue(town)]),
  poll: async (town) => {
    const { floorMs, nowMs } = await town.floor.find(fromKnex(town.db));
    const due = { limit: 15, graceMs: 1000, floorMs, takeOverUntilMs: nowMs, except: "{}" };
    await takeDue(taking(town), "a name of nobody's", due);
  },
};

async function makeTown(
  env: Bench["env"],
  services: Services,
  size: number,
  say: (text: string) => void,
): Promise<Town> {
  say(`finishing ${size.toLocaleString("en")} jobs`);
  const { DATABASE_URL = "" } = await freshEnv(env);
  const db = createDb({ url: DATABASE_URL, pool: 10 });
  const patient = withoutDeadlines(DATABASE_URL);
  const holder = await patient.transaction({ isolationLevel: "repeatable read" });
  await holder.raw("select count(*) from tx_jobs");
  const maker = await db.client.acquireRawConnection();
  await maker.query({ text: "set statement_timeout = 0", query_timeout: 600_000 });
  const long = (text: string, values: unknown[] = []) =>
    maker.query({ text, values, query_timeout: 600_000 });
  await long(
    `insert into tx_jobs (id, name, queue, payload, max_attempts, due_at)
     select gen_random_uuid(), 'a name of nobody''s', 'critical', '{}', 10,
            now() - interval '1 day' + n * interval '1 millisecond'
     from generate_series(1, $1::int) n`,
    [size],
  );
  await long("update tx_jobs set finished_at = now(), outcome = 'done'");
  await long("analyze tx_jobs");
  await maker.end();
  const jobs = services.jobs;
  return {
    db,
    jobs,
    floor: createFloor("a name of nobody's"),
    release: async () => {
      await holder.rollback();
      await patient.destroy();
    },
  };
}

/** A pool that lets statements and transactions last, as those of a service may not. */
function withoutDeadlines(url: string): Knex {
  return knex({ client: "pg", connection: url, pool: { min: 0, max: 1 } });
}

/** What a worker's poll does beside a backlog in good order: next to nothing. */
async function measureBacklog({ env, say }: Bench, services: Services): Promise<Line[]> {
  const seconds = 20;
  const { DATABASE_URL = "" } = await freshEnv(env);
  const db = createDb({ url: DATABASE_URL, pool: 10 });
  const redis = connectConsumer(services.env.REDIS_URL, services.log);
  const prefix = `backlog-${randomUUID()}`;
  say("making a backlog of 100,000");
  const patient = withoutDeadlines(DATABASE_URL);
  const added = await fillBacklog({
    ...{ db: patient, redis, prefix },
    verifications: "select gen_random_uuid() as id from generate_series(1, 100000)",
  });
  await patient.destroy();
  let polled = 0;
  const worker = startWorker({
    db: fromKnex(db),
    redis,
    prefix,
    handlers: [handle(verifyEmailJob, () => new Promise((resolve) => setTimeout(resolve, 5)))],
    concurrency: { critical: 15 },
    on: (event) => void (event.type === "taken" && event.by === "poll" && polled++),
  });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await worker.close();
  const addedLater = Number(await redis.get(`${prefix}:critical:id`)) - added;
  redis.disconnect();
  await db.destroy();
  const intervals = seconds / 2;
  return [
    {
      part: "taken by the poll per interval, 100,000 waiting",
      unit: "",
      ours: polled / intervals,
      peer: "one",
      theirs: 1,
      atMost: 1.2, // An interval is a fifth more or less.
    },
    {
      part: "added to Redis by the worker, 100,000 waiting",
      unit: "",
      ours: addedLater,
      peer: "none",
      theirs: 0,
      atMostMore: 0,
    },
  ];
}

/** What a job takes in Redis: as it waits, and after nine failed attempts. */
async function measureRedis({ env, say }: Bench, services: Services): Promise<Line[]> {
  const count = 500;
  const { DATABASE_URL = "" } = await freshEnv(env);
  const db = createDb({ url: DATABASE_URL, pool: 10 });
  const redis = connectConsumer(services.env.REDIS_URL, services.log);
  const prefix = `memory-${randomUUID()}`;
  const jobs = createJobs({ redis, prefix });
  // None of them may come to its end before it is weighed.
  const failing = { ...verifyEmailJob, attempts: 1000 };
  say("filling Redis");
  for (let n = 0; n < count; n++) {
    await db.transaction((tx) =>
      jobs.enqueue(fromKnex(tx), failing, { verificationId: randomUUID() }),
    );
  }
  const bytes = async () => {
    let sum = 0;
    for (const key of await redis.keys(`${prefix}:*`)) {
      if (!/:(meta|events|id|stalled-check|ping)$/.test(key))
        sum += (await redis.memory("USAGE", key)) ?? 0;
    }
    return sum / count;
  };
  const waiting = await bytes();
  const worker = startWorker({
    db: fromKnex(db),
    redis,
    prefix,
    handlers: [
      handle(failing, () => Promise.reject(new Error("no ".repeat(1000))), {
        backoff: { firstMs: 300, maxMs: 300 },
      }),
    ],
    concurrency: { critical: 15 },
  });
  const failures = async () => (await db("tx_jobs").where("attempts", "<", 9).count())[0]?.count;
  while (Number(await failures()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await worker.close();
  const failed = await bytes();
  redis.disconnect();
  await db.destroy();
  const peer = "the bound";
  return [
    { part: "Redis per waiting job", unit: "B", ours: waiting, peer, theirs: 600, atMost: 1 },
    { part: "Redis per job, nine failures", unit: "B", ours: failed, peer, theirs: 600, atMost: 1 },
  ];
}

/** What PostgreSQL writes to its log for a job's whole life, beside a bare insert and delete. */
async function measureLog({ env, say }: Bench, services: Services): Promise<Line> {
  const { DATABASE_URL = "" } = await freshEnv(env);
  const db = createDb({ url: DATABASE_URL, pool: 10 });
  const town = { db, jobs: services.jobs, floor: createFloor("x"), release: async () => {} };
  const position = async () => {
    const { rows } = await db.raw("select pg_current_wal_lsn() - '0/0' as at");
    return Number(rows[0].at);
  };
  const patient = withoutDeadlines(DATABASE_URL);
  const perJob = async (count: number, one: () => Promise<unknown>) => {
    await patient.raw("checkpoint");
    for (let n = 0; n < 200; n++) await one(); // The pages' first images are written by then.
    const before = await position();
    for (let n = 0; n < count; n++) await one();
    return ((await position()) - before) / count;
  };
  say("write-ahead log");
  const ours = await perJob(2000, async () => {
    const asked = taking(town);
    const [look] = await lookFor(asked, [await enqueue(town)]);
    if (look?.found === "taken") await markDone(asked.db, [{ ...asked, job: look.job }]);
  });
  await db.raw("create table bare (id uuid primary key, name text, queue text, payload jsonb)");
  const theirs = await perJob(2000, async () => {
    const id = randomUUID();
    await db.raw("insert into bare values (?, 'verify-email', 'critical', ?)", [
      id,
      JSON.stringify({ verificationId: id }),
    ]);
    await db.raw("delete from bare where id = ?", [id]);
  });
  await db.destroy();
  await patient.destroy();
  return {
    part: "write-ahead log per job",
    unit: "B",
    ours,
    peer: "bare insert and delete",
    theirs,
  };
}
