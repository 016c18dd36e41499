// npm run example:transfer: a small bank on stores of its own, from the first transfer to the receipts.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { createJobs } from "#src/tx-jobs/index.ts";
import { temporaryFolder } from "#test/servers/folder.ts";
import { startPostgres } from "#test/servers/postgres.ts";
import { startRedis } from "#test/servers/redis.ts";
import { start } from "#test/servers/start.ts";
import { supervise } from "#test/servers/supervise.ts";
import { waitFor } from "#test/servers/wait-for.ts";
import { openAccount } from "./open-account.ts";
import { openPool } from "./open-pool.ts";
import { printBooks } from "./print-books.ts";
import { SCHEMA } from "./schema.ts";
import { transferTx } from "./transfer-tx.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

const folder = temporaryFolder("transfer");
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const supervisor = supervise("npm run example:transfer");
try {
  await main();
  await supervisor.end(0);
} catch (error) {
  // What is stopped while it starts may well complain.
  if (!supervisor.isEnding()) await supervisor.end(1, String(error));
}

async function main(): Promise<void> {
  const postgres = await startPostgres({ folder: join(folder, "postgres") });
  supervisor.watch(postgres.program);
  const redisServer = await startRedis({ folder: join(folder, "redis") });
  supervisor.watch(redisServer.program);
  const DATABASE_URL = postgres.url("postgres");
  const REDIS_URL = redisServer.url;

  const pool = openPool(DATABASE_URL);
  for (const statement of SCHEMA) await pool.query(statement);
  const worker = start("worker", process.execPath, ["--import", "tsx", WORKER], {
    env: { DATABASE_URL, REDIS_URL },
  });
  supervisor.watch(worker);
  await worker.said(/ready/);

  const redis = new Redis(REDIS_URL, { enableOfflineQueue: false });
  redis.on("error", () => {}); // Whoever enqueues meanwhile gets an EnqueueError.
  const jobs = createJobs({ redis });
  const redisAnswers = () => waitFor("Redis to answer", () => jobs.ping().then(() => true));
  await redisAnswers();

  const ada = await openAccount(pool, { owner: "Ada", currency: "EUR", balance: 100_00n });
  const ben = await openAccount(pool, { owner: "Ben", currency: "EUR", balance: 50_00n });
  const chi = await openAccount(pool, { owner: "Chi", currency: "JPY", balance: 8000n });

  const transfer = async (what: string, from: string, to: string, amount: bigint) => {
    const ending = await transferTx(
      { pool, jobs },
      { fromAccountId: from, toAccountId: to, amount },
    ).then(
      () => "done",
      ({ name, message }: Error) => `${name}: ${message}`,
    );
    console.log(`  ${what.padEnd(38)}   ${ending}`);
  };
  console.log("\nTransfers");
  await transfer("Ada pays Ben 12.50", ada, ben, 12_50n);
  await transfer("Ben pays Ada 5.00", ben, ada, 5_00n);
  await transfer("Ada pays Ben 1,000.00", ada, ben, 1000_00n);
  await transfer("Ada pays Chi, who has another money", ada, chi, 10_00n);
  await transfer("Ada pays an account that is not there", ada, "404", 10_00n);
  await transfer("Ada pays herself", ada, ada, 10_00n);
  await transfer("Ada pays Ben nothing", ada, ben, 0n);

  redisServer.program.signal("SIGSTOP");
  await transfer("Ben pays Ada 7.00, without Redis", ben, ada, 7_00n);
  redisServer.program.signal("SIGCONT");
  await redisAnswers();
  await transfer("Ben pays Ada 7.00, with Redis", ben, ada, 7_00n);

  await waitFor("the receipts", async () => {
    const { rows } = await pool.query<{ owed: boolean }>(
      `select exists (
         select from transfers where id not in (select transfer_id from receipts)
       ) as owed`,
    );
    return rows[0]?.owed === false;
  });
  await printBooks(pool);
  redis.disconnect();
  await pool.end();
}
