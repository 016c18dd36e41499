import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { fromPg, handle, startWorker } from "#src/tx-jobs/index.ts";
import { probe } from "./tx-jobs-probe.ts";

/**
 * A worker in a process of its own, which tests freeze and kill. Its handler says `begun`, waits, looks
 * at the signal, says `effect`, waits again, and records; or it ends the process.
 */
const { POSTGRES, REDIS, PREFIX, LEASE_MS, DIES, NOWAIT } = process.env as Record<string, string>;
const redis = new Redis(REDIS!, { maxRetriesPerRequest: null });
redis.on("error", () => {});
const pool = new pg.Pool({ connectionString: POSTGRES, max: 3 });
const leases = new pg.Pool({ connectionString: POSTGRES, max: 1 });
const say = (what: string) => process.stdout.write(`${what}\n`);

const worker = startWorker({
  db: fromPg(pool),
  leasesDb: fromPg(leases),
  ...{ redis, prefix: PREFIX, pollMs: 200, leaseMs: Number(LEASE_MS) },
  handlers: [
    handle(probe, async ({ n }, job) => {
      say(`begun ${n}`);
      if (DIES) process.kill(process.pid, "SIGKILL");
      await sleep(300);
      if (job.signal.aborted) say(`aborted ${n}`);
      job.signal.throwIfAborted();
      say(`effect ${n}`);
      await sleep(300);
      return job.record({ text: "insert into effects (n) values ($1)", values: [n] });
    }),
  ],
  on: (event) => say(`event ${event.type}`),
});

// Nothing ends the process: once all is closed there is nothing left that keeps it.
process.once("SIGTERM", () => {
  void worker.close().then(async () => {
    redis.disconnect();
    await Promise.all([pool.end(), leases.end()]);
    say("closed");
  });
});
if (!NOWAIT) await worker.ready();
say("ready");
