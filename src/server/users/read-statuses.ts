import type { Knex } from "knex";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { isEnqueueError, type JobProgress, type Jobs } from "../jobs/enqueue.ts";
import { verifyEmail } from "../jobs/registry.ts";
import { MAIL_INTERVAL_MS } from "./renew-verification-tx.ts";

/** One sign-up at one moment. */
export interface Reading {
  stage: SignupStatus["stage"];
  /** Is another whenever a person should be shown something else. */
  key: string;
  /** Puts it into words for the page; durations count from now. */
  status(): SignupStatus;
}

interface Row {
  id: string;
  username: string;
  email: string;
  verification_id: string;
  asked_at: Date;
  sent_at: Date | null;
  verified_at: Date | null;
  sending: boolean;
  /** When this was read, by PostgreSQL's clock, which all of these times are from. */
  read_at: Date;
}

/**
 * Reads where these sign-ups stand: from PostgreSQL in one query, and of those whose mail has not
 * gone out, how far the job is. With Redis away, what PostgreSQL knows has to do.
 * @returns by the users' ids; those that are gone are left out
 */
export async function readStatuses(
  { db, jobs }: { db: Knex; jobs: Jobs },
  userIds: string[],
): Promise<Map<string, Reading>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select u.id, u.username, u.email, u.email_verified_at as verified_at,
            v.id as verification_id, v.created_at as asked_at, v.sent_at,
            coalesce(v.sending_until > now(), false) as sending, now() as read_at
     from users u
     join email_verifications v on v.id = u.verification_id
     where u.id = any(:userIds::uuid[])`,
    { userIds: `{${userIds.join()}}` },
  );
  const readings = await Promise.all(
    rows.map(async (row) => {
      const isOver = row.verified_at ?? row.sent_at;
      return [row.id, toReading(row, isOver ? null : await progressOf(jobs, row))] as const;
    }),
  );
  return new Map(readings);
}

/** How far the job is; null where there is none, or Redis does not say. */
async function progressOf(jobs: Jobs, row: Row): Promise<JobProgress | null> {
  try {
    return await jobs.progress(verifyEmail, { verificationId: row.verification_id });
  } catch (error) {
    if (isEnqueueError(error)) return null;
    throw error;
  }
}

function toReading(row: Row, job: JobProgress | null): Reading {
  const { stage, at, attempt } = stageOf(row, job);
  const attempts = attempt && job?.attempts;
  const nextAt = stage === "retrying" ? job?.nextAt : null;
  const seen = performance.now();
  return {
    stage,
    key: [stage, attempt, nextAt, row.verification_id, row.email].join(" "),
    status() {
      const since = performance.now() - seen;
      const mayResend = row.asked_at.getTime() + MAIL_INTERVAL_MS - row.read_at.getTime();
      return {
        stage,
        // To the second: which of its two mails an address got must not be told by the time it took.
        at: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString(),
        ...(attempt ? { attempt } : {}),
        ...(attempts ? { attempts } : {}),
        ...(nextAt ? { nextInMs: Math.max(0, Math.round(nextAt - Date.now())) } : {}),
        username: row.username,
        email: row.email,
        resendInMs: Math.max(0, Math.round(mayResend - since)),
      };
    },
  };
}

function stageOf(
  row: Row,
  job: JobProgress | null,
): Pick<SignupStatus, "stage" | "attempt"> & { at: Date } {
  if (row.verified_at) return { stage: "verified", at: row.verified_at };
  if (row.sent_at) return { stage: "sent", at: row.sent_at };
  if (row.sending) return { stage: "sending", at: row.read_at, attempt: job?.attempt ?? 1 };
  if (!job) return { stage: "created", at: row.asked_at };
  if (job.hasFailed) return { stage: "refused", at: row.read_at };
  if (job.attempt > 1) return { stage: "retrying", at: row.read_at, attempt: job.attempt };
  return { stage: "queued", at: row.asked_at };
}
