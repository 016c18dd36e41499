import type { Queue } from "bullmq";
import type { Knex } from "knex";
import { verifyEmail } from "#src/server/jobs/registry.ts";

/** Where a sign-up stands, from its commit to its end. */
export type Place = "mail owed" | "job waiting" | "failed" | "sent" | "verified";

/** One sign-up, and what about it contradicts the promise, if anything does. */
export interface Entry {
  userId: string;
  place: Place;
  signedUpAt: Date;
  /** When the mail was asked for: by the sign-up, or by a later wish for another one. */
  askedAt: Date;
  contradiction?: string;
}

export interface Ledger {
  db: Knex;
  /** The queue of `verify-email`. */
  queue: Queue;
}

/** Sign-ups that are read at once. */
const BATCH = 500;

interface Row {
  id: string;
  created_at: Date;
  asked_at: Date;
  verification_id: string | null;
  sent: boolean;
  verified: boolean;
}

/**
 * Reads where every sign-up stands, by PostgreSQL and, for those whose mail is owed, by the queue.
 * Changes nothing. A sign-up may move on while it is read; that is no contradiction.
 * @yields each sign-up once, in the order of the ids
 */
export async function* readLedger(ledger: Ledger): AsyncGenerator<Entry> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await readUsers(ledger.db, "u.id > :after", { after });
    yield* await Promise.all(rows.map((row) => place(ledger, row)));
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

/** Reads where one sign-up stands; undefined where it is gone. */
export async function readEntry(ledger: Ledger, userId: string): Promise<Entry | undefined> {
  const [row] = await readUsers(ledger.db, "u.id = :userId", { userId });
  return row && place(ledger, row);
}

async function readUsers(db: Knex, which: string, values: object): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select u.id, u.created_at, v.id as verification_id,
            coalesce(v.created_at, u.created_at) as asked_at,
            u.verification_sent_at is not null as sent,
            u.email_verified_at is not null as verified
     from users u
     left join email_verifications v on v.id = u.verification_id
     where ${which} order by u.id limit :limit`,
    { ...values, limit: BATCH },
  );
  return rows;
}

async function place(ledger: Ledger, row: Row): Promise<Entry> {
  const entry = { userId: row.id, signedUpAt: row.created_at, askedAt: row.asked_at };
  if (row.verified) return { ...entry, place: "verified" };
  if (row.sent) return { ...entry, place: "sent" };
  if (!row.verification_id) {
    return { ...entry, place: "mail owed", contradiction: "has no verification to mail" };
  }
  const jobId = verifyEmail.jobId({ verificationId: row.verification_id });
  const state = await ledger.queue.getJobState(jobId);
  if (state === "unknown") return { ...entry, place: "mail owed" };
  if (state === "failed") return { ...entry, place: "failed" };
  if (state !== "completed") return { ...entry, place: "job waiting" };
  // The worker writes "sent" before the job completes: whoever reads them the other way round
  // finds both. A row that is still owed now has lost its job to a wrong verdict.
  const [now] = await readUsers(ledger.db, "u.id = :id", { id: row.id });
  if (!now) return { ...entry, place: "sent" };
  if (now.sent || now.verified || now.verification_id !== row.verification_id) {
    return place(ledger, now);
  }
  return { ...entry, place: "mail owed", contradiction: "its job has ended without a mail" };
}
