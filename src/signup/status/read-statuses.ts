import type { Knex } from "knex";
import type { SignupStatus } from "#src/shared/signup-status.ts";
import { JOB_STATE, UNAVAILABLE, type JobState } from "#src/tx-jobs/index.ts";
import type { Returns } from "../return/returns.ts";
import { verifyEmailJob } from "../verify-email-job.ts";
import { MAIL_INTERVAL_MS } from "../resend-verification-tx.ts";

export interface StatusDeps {
  db: Knex;
  returns: Returns;
}

/** The state of one sign-up at one moment. */
export interface Reading {
  stage: SignupStatus["stage"];
  /** Changes if and only if the page should show something else. */
  key: string;
  /** The state for the page. Its durations count from this call. */
  status(): SignupStatus;
}

interface Row {
  id: string;
  username: string | null;
  email: string;
  return_to: string | null;
  verification_id: string;
  asked_at: Date;
  sent_at: Date | null;
  verified_at: Date | null;
  /** When this was read, by the same PostgreSQL clock as the other times. */
  read_at: Date;
  /** The job's state; null if it has been pruned. */
  job: JobState | null;
  /** Failed attempts, and the maximum. */
  attempts: number | null;
  max_attempts: number | null;
  due_at: Date | null;
  /** Whether the mail server is unavailable for all mails. */
  unavailable: boolean;
}

/**
 * Reads the state of these sign-ups from PostgreSQL, in one query.
 * @returns a map by user id, without users that no longer exist
 */
export async function readStatuses(
  { db, returns }: StatusDeps,
  userIds: string[],
): Promise<Map<string, Reading>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `with outage as materialized (select ${UNAVAILABLE(`'${verifyEmailJob.name}'`)} as unavailable)
     select u.id, u.username, u.email, u.email_verified_at as verified_at,
            u.return_to, v.id as verification_id, v.created_at as asked_at, v.sent_at, now() as read_at,
            ${JOB_STATE} as job, j.attempts, j.max_attempts, j.due_at, outage.unavailable
     from users u
     join email_verifications v on v.id = u.verification_id
     left join tx_jobs j on j.id = v.id
     cross join outage
     where u.id = any(:userIds::uuid[])`,
    { userIds: `{${userIds.join()}}` },
  );
  return new Map(rows.map((row) => [row.id, toReading(row, returns)]));
}

function toReading(row: Row, returns: Returns): Reading {
  const { stage, at, attempt } = stageOf(row);
  const continueTo = stage === "verified" ? returns.continueTo(row.return_to) : undefined;
  const attempts = (attempt && row.max_attempts) || undefined;
  const nextAt = stage === "retrying" ? row.due_at : null;
  const seen = performance.now();
  /** Milliseconds until a time of PostgreSQL's clock; 0 if it has passed. */
  const until = (time: number) =>
    Math.max(0, Math.round(time - row.read_at.getTime() - (performance.now() - seen)));
  return {
    stage,
    key: [stage, attempt, nextAt?.getTime(), row.verification_id, row.email].join(" "),
    status: () => ({
      stage,
      // To the second: timing must not reveal which of the two mails an address got.
      at: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString(),
      ...(attempt ? { attempt } : {}),
      ...(attempts ? { attempts } : {}),
      ...(nextAt ? { nextInMs: until(nextAt.getTime()) } : {}),
      username: row.username,
      email: row.email,
      resendInMs: until(row.asked_at.getTime() + MAIL_INTERVAL_MS),
      ...(continueTo ? { continueTo } : {}),
    }),
  };
}

function stageOf(row: Row): Pick<SignupStatus, "stage" | "attempt"> & { at: Date } {
  if (row.verified_at) return { stage: "verified", at: row.verified_at };
  if (row.sent_at) return { stage: "sent", at: row.sent_at };
  if (row.job === "failed") return { stage: "refused", at: row.read_at };
  const attempt = (row.attempts ?? 0) + 1;
  // While the mail server is unavailable, occasional probes are not worth showing.
  if (row.unavailable) return { stage: "unavailable", at: row.asked_at };
  if (row.job === "running") return { stage: "sending", at: row.read_at, attempt };
  if (row.job === "retrying") return { stage: "retrying", at: row.read_at, attempt };
  return { stage: "queued", at: row.asked_at };
}
