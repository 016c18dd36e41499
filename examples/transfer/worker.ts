// The worker process: writes the receipts that transfers have enlisted, until it is told to stop.
//   DATABASE_URL=… REDIS_URL=… node --import tsx examples/transfer/worker.ts
// LEASE_MS and POLL_MS (milliseconds) say how soon the work of a lost worker, or of a lost message,
// is found; left out, they are the library's own 30 s and 2 s.
import { Redis } from "ioredis";
import { fromPg, startWorker } from "#src/tx-jobs/index.ts";
import { openPool } from "./open-pool.ts";
import { writeReceipt } from "./write-receipt.ts";

const { DATABASE_URL = "", REDIS_URL = "", LEASE_MS, POLL_MS } = process.env;

const pool = openPool(DATABASE_URL);
const leases = openPool(DATABASE_URL, 1);
const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
redis.on("error", () => {}); // It connects again by itself; until then the table has every job.

const worker = startWorker({
  db: fromPg(pool),
  leasesDb: fromPg(leases),
  redis,
  handlers: [writeReceipt(pool)],
  on: (event) => {
    if ("error" in event && event.error) console.error(event.type, event.error);
  },
  ...(LEASE_MS ? { leaseMs: Number(LEASE_MS) } : {}),
  ...(POLL_MS ? { pollMs: Number(POLL_MS) } : {}),
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
await worker.ready();
console.log("ready");

/** Finishes what is under way; then nothing is left that keeps the process. */
async function stop(): Promise<void> {
  await worker.close();
  redis.disconnect();
  await Promise.all([pool.end(), leases.end()]);
}
