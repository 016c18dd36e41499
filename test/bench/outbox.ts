import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import type { Services } from "#src/web/api/context.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { connectProducer } from "#src/platform/redis.ts";
import type { Tx } from "#src/platform/transact.ts";
import { BULLMQ_OPTIONS, toJobId } from "./bullmq.ts";

/** Rows that the relay takes at a time. */
const BATCH = 100;

/** Milliseconds that the relay waits where it has found nothing. */
const POLL = 20;

/**
 * The usual outbox: the transaction writes the job into a table of its own, and a relay moves it from
 * there to Redis. It runs in the same process, and as fast as it can while there is anything.
 */
export async function openOutbox({ db, env, log }: Services) {
  await db.raw(
    "create table outbox (id bigint generated always as identity primary key, payload jsonb not null)",
  );
  const connection = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const queue = new Queue("outbox", { connection, prefix: env.REDIS_PREFIX });
  await queue.waitUntilReady();
  const relayBatch = () =>
    db.transaction(async (tx) => {
      const { rows } = await tx.raw<{ rows: { payload: { verificationId: string } }[] }>(
        `delete from outbox where id in (
           select id from outbox order by id limit ${BATCH} for update skip locked
         ) returning payload`,
      );
      const options = BULLMQ_OPTIONS;
      await queue.addBulk(
        rows.map(({ payload }) => ({
          name: verifyEmailJob.name,
          data: payload,
          opts: { jobId: toJobId(payload), ...options },
        })),
      );
      return rows.length;
    });
  let isEnding = new AbortController();
  const relay = async (): Promise<void> => {
    for (;;) {
      const moved = await relayBatch();
      if (moved === 0 && isEnding.signal.aborted) return;
      if (moved < BATCH) await sleep(POLL, null, { signal: isEnding.signal }).catch(() => {});
    }
  };
  let relaying: Promise<void> | undefined;
  return {
    enqueue: async (tx: Tx, payload: object): Promise<void> => {
      await tx.raw("insert into outbox (payload) values (?)", [JSON.stringify(payload)]);
    },
    begin: (): void => {
      isEnding = new AbortController();
      relaying = relay();
      relaying.catch(() => {}); // Whoever waits for the end is told.
    },
    /** Resolves when all that was written is in Redis, and the relay has ended. */
    settle: async (): Promise<void> => {
      isEnding.abort();
      await relaying;
    },
  };
}
