import type { Queue } from "bullmq";
import type { Knex } from "knex";
import { waitFor } from "../servers/wait-for.ts";

export interface Stores {
  db: Knex;
  queue: Queue;
}

/** Waits until the queue is empty and no mail is owed, for at most `ms` milliseconds. */
export async function whenAtRest({ db, queue }: Stores, ms: number): Promise<void> {
  const isAtRest = async () => {
    const counts = await queue.getJobCounts("waiting", "active", "delayed", "prioritized");
    const idle = Object.values(counts).every((count) => count === 0);
    return idle && (await countOwed(db)) === 0;
  };
  await waitFor("the queue to empty", isAtRest, ms);
}

/** Mails that are owed to somebody. */
export async function countOwed(db: Knex): Promise<number> {
  const { rows } = await db.raw<{ rows: [{ count: number }] }>(
    `select count(*)::int from users u join email_verifications v on v.id = u.verification_id
     where v.sent_at is null and u.email_verified_at is null`,
  );
  return rows[0].count;
}
