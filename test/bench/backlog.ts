import type { Cluster, Redis } from "ioredis";
import type { Knex } from "knex";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { messageOptions, openQueue, writeMessage } from "#src/tx-jobs/message.ts";

/**
 * Makes many jobs that wait, each with its row and its message, as they would be after a long outage.
 * @returns how many messages were added
 */
export async function fillBacklog({
  db,
  redis,
  prefix,
  verifications,
}: {
  db: Knex;
  redis: Redis | Cluster;
  prefix: string;
  /** SQL that selects the ids of the verifications. */
  verifications: string;
}): Promise<number> {
  const queue = openQueue(verifyEmailJob.queue, { redis, prefix });
  const { rows } = await db.raw<{ rows: { id: string; xid: string }[] }>(
    `insert into tx_jobs (id, name, queue, payload, max_attempts, due_at)
     select id, :name, :queue, jsonb_build_object('verificationId', id), 10,
            clock_timestamp() - interval '1 minute'
     from (${verifications}) job
     returning id, pg_current_xact_id()::text as xid`,
    { name: verifyEmailJob.name, queue: verifyEmailJob.queue },
  );
  for (let done = 0; done < rows.length; done += 5000) {
    await queue.addBulk(
      rows.slice(done, done + 5000).map((row) => ({
        name: verifyEmailJob.name,
        data: writeMessage(row),
        opts: messageOptions(10, 0),
      })),
    );
  }
  return Number(await redis.get(`${prefix}:${verifyEmailJob.queue}:id`));
}
