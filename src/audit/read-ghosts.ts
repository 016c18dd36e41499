import type { Job } from "bullmq";
import { envelope, verifyEmail } from "#src/server/jobs/registry.ts";
import { transactionStatus } from "#src/server/transaction-status.ts";
import type { Ledger } from "./read-ledger.ts";

/** What the queue holds of sign-ups that PostgreSQL does not have. */
export interface Ghosts {
  /** Jobs of sign-ups that were rolled back, and that a worker is still to discard. */
  waiting: number;
  /** The ids of jobs that mailed a sign-up which had been rolled back: there must be none. */
  mailed: string[];
}

/** Jobs that are read at once. */
const BATCH = 500;

/** Compares the queue with PostgreSQL: every job must belong to a user, or be discarded. */
export async function readGhosts(ledger: Ledger): Promise<Ghosts> {
  const ghosts: Ghosts = { waiting: 0, mailed: [] };
  for (let start = 0; ; start += BATCH) {
    const jobs = await ledger.queue.getJobs(undefined, start, start + BATCH - 1);
    for (const job of await rolledBack(ledger, jobs)) {
      if (!job.finishedOn) ghosts.waiting++;
      else if (job.returnvalue === "done: sent") ghosts.mailed.push(job.id!);
    }
    if (jobs.length === 0) return ghosts;
  }
}

/** Those of the jobs that belong to a transaction which was rolled back. */
async function rolledBack({ db }: Ledger, jobs: Job[]): Promise<Job[]> {
  const read = jobs.flatMap((job) => {
    const { data } = envelope.safeParse(job?.data);
    const payload = verifyEmail.payload.safeParse(data?.payload);
    return data && payload.success ? [{ job, xid: data.xid, id: payload.data.verificationId }] : [];
  });
  const ids = read.map(({ id }) => id);
  const there = new Set(await db("email_verifications").whereIn("id", ids).pluck("id"));
  const found: Job[] = [];
  for (const { job, xid, id } of read) {
    if (there.has(id)) continue;
    if ((await transactionStatus(db, xid)) === "aborted") found.push(job);
  }
  return found;
}
