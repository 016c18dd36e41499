import type { Queue } from "bullmq";
import type { Knex } from "knex";
import { waitFor } from "../../scripts/services/wait-for.ts";

/** What tests ask of a row of the table tx_jobs. */
export interface JobRow {
  id: string;
  name: string;
  payload: unknown;
  /** Attempts that have failed, and how many there are at most. */
  attempts: number;
  max_attempts: number;
  /** How often a worker has begun it. */
  takes: number;
  due_at: Date;
  leased_by: string | null;
  leased_until: Date | null;
  unavailable_at: Date | null;
  outcome: "done" | "failed" | null;
  error: string | null;
}

/** The job of a verification, which has its id; undefined if there is none. */
export function readJob(db: Knex, verificationId: string): Promise<JobRow | undefined> {
  return db("tx_jobs").where({ id: verificationId }).first<JobRow | undefined>();
}

/** The job of a verification, once it has ended in one of two ways. */
export function endedJob(db: Knex, verificationId: string): Promise<JobRow> {
  return waitFor("the job to end", async () => {
    const job = await readJob(db, verificationId);
    return job?.outcome ? job : undefined;
  });
}

/** Whether Redis holds a message that names this job. */
export async function hasMessage(queue: Queue, verificationId: string): Promise<boolean> {
  const messages = await queue.getJobs();
  const begin = `${verificationId.replaceAll("-", "")}:`;
  // A message may be gone by the time it is read.
  return messages.some((message) => String(message?.data).startsWith(begin));
}
