import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { afterAll, expect, it, onTestFailed } from "vitest";
import { isEnqueueError } from "#src/tx-jobs/index.ts";
import { ownRedis } from "#test/fixtures/own-redis.ts";
import { start, type Program } from "#test/servers/start.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { openAccount } from "./open-account.ts";
import { testBank } from "./test-bank.ts";
import { TransferRefused } from "./transfer-refused.ts";
import { transferTx, type Transfer } from "./transfer-tx.ts";

const ROUNDS = 5;
const TRANSFERS_PER_ROUND = 200;

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

const redisServer = await (await ownRedis()).start();
const bank = await testBank({ redisUrl: redisServer.url });
const { pool, rows, count } = bank;

const workers: Program[] = [];
afterAll(() => Promise.all(workers.map((worker) => worker.stop())));
async function startWorker(): Promise<void> {
  const env = {
    DATABASE_URL: bank.url,
    REDIS_URL: redisServer.url,
    LEASE_MS: "2000",
    POLL_MS: "100",
  };
  const worker = start("worker", process.execPath, ["--import", "tsx", WORKER], { env });
  workers.push(worker);
  await worker.said(/ready/);
}

const random = randomFrom(7);
const anyOf = (ids: string[]) => ids[random(ids.length)]!;

/** Counts transfers by outcome. */
const endings: Record<string, number> = {};
let timesWithoutRedis = 0;

/** Makes one transfer like a client that retries if Redis was unavailable. */
async function make(transfer: Transfer): Promise<string> {
  try {
    await transferTx(bank, transfer);
    return "done";
  } catch (error) {
    if (error instanceof TransferRefused) return error.reason;
    if (!isEnqueueError(error)) return (error as Error).message;
    timesWithoutRedis++;
    await sleep(20);
    return make(transfer);
  }
}

it("keeps the books correct if workers are killed and Redis fails", async () => {
  onTestFailed(() => console.error(workers.map((worker) => worker.lastLines()).join("\n")));
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) {
    const currency = n < 18 ? "EUR" : "USD";
    ids.push(await openAccount(pool, { owner: `Owner ${n}`, currency, balance: 50_00n }));
  }
  const totals = () => rows("select currency, sum(balance) from accounts group by 1 order by 1");
  const before = await totals();
  await slowReceipts();
  await refuseSomeCommits();

  const limit = pLimit(20);
  const makeMany = () =>
    Promise.all(
      Array.from({ length: TRANSFERS_PER_ROUND }, () => {
        const [fromAccountId, toAccountId] = [anyOf(ids), anyOf([...ids, "404404"])];
        const amount = BigInt(random(50) === 0 ? 0 : 1 + random(40_00));
        return limit(async () => {
          const ending = await make({ fromAccountId, toAccountId, amount });
          endings[ending] = (endings[ending] ?? 0) + 1;
        });
      }),
    );
  await Promise.all([startWorker(), startWorker()]);
  for (let round = 0; round < ROUNDS; round++) {
    const written = await count("receipts");
    const making = makeMany();
    if (round === 2) {
      redisServer.program.signal("SIGSTOP");
      await waitFor("transfers refused without Redis", () => timesWithoutRedis >= 20);
      redisServer.program.signal("SIGCONT");
    }
    await waitFor("receipts", async () => (await count("receipts")) > written + 20);
    const worker = workers.shift()!;
    worker.signal("SIGKILL");
    await bank.redis.flushall();
    await worker.ended;
    await startWorker();
    await making;
  }
  await waitFor(
    "all receipts",
    async () => (await count("tx_jobs where finished_at is null")) === 0,
    60_000,
  );

  // Transfers have had every possible outcome and no other; above all, no deadlock.
  expect(Object.keys(endings).toSorted()).toEqual([
    "another currency",
    "done",
    "insufficient funds",
    "refused at the commit",
    "same account",
    "unknown account",
    "wrong amount",
  ]);
  const [seen] = await rows(
    `select (select sum(lost) > 0 from tx_jobs) as "workers lost jobs",
            (select deadlocks::int from pg_stat_database where datname = current_database())`,
  );
  expect(seen).toEqual({ "workers lost jobs": true, deadlocks: 0 });

  expect(await totals()).toEqual(before);
  const wrongBalances = await rows(
    `select id, balance from accounts
     where balance <> (select sum(amount) from entries where account_id = accounts.id)`,
  );
  expect(wrongBalances).toEqual([]);
  const wrongEntries = await rows(
    `select t.id, count(e.id), sum(e.amount) from transfers t left join entries e on transfer_id = t.id
     group by 1 having count(e.id) <> 2 or sum(e.amount) <> 0`,
  );
  expect(wrongEntries).toEqual([]);

  expect(await count("transfers")).toBe(endings.done);
  const wrongReceipts = await rows(
    `select t.id, count(r.id) from transfers t left join receipts r on transfer_id = t.id
     group by 1 having count(r.id) <> 1`,
  );
  expect(wrongReceipts).toEqual([]);
  const wrongJobs = await rows(
    `select t.id, payload, outcome, error from transfers t
     full join tx_jobs on payload ->> 'transferId' = t.id::text
     where t.id is null or outcome is distinct from 'done' or attempts > 0`,
  );
  expect(wrongJobs).toEqual([]);
});

/** A receipt takes 50 ms, half of it in the COMMIT, so that a killed worker leaves some unfinished. */
async function slowReceipts(): Promise<void> {
  await pool.query(`create function slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.025); return new; end $$`);
  await pool.query(`create trigger slow before insert on receipts
    for each row execute function slow()`);
  await pool.query(`create constraint trigger slow_commit after insert on receipts
    deferrable initially deferred for each row execute function slow()`);
}

/** One transfer in ten fails at the COMMIT, after its job was enlisted. */
async function refuseSomeCommits(): Promise<void> {
  await pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'refused at the commit'; end $$`);
  await pool.query(`create constraint trigger refuse after insert on transfers
    deferrable initially deferred for each row when (new.amount % 10 = 0)
    execute function refuse()`);
}

/** Integers from 0 up to but excluding `bound`, the same for the same seed (Mulberry32). */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
