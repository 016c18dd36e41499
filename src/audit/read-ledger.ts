import type { Knex } from "knex";

/** The state of a sign-up, from its commit to its end. */
export type Place = "job waiting" | "failed" | "sent" | "verified" | "lost";

/** One sign-up, and how it contradicts the promise, if it does. */
export interface Entry {
  userId: string;
  place: Place;
  signedUpAt: Date;
  /** When the mail was requested, by the sign-up or later. */
  askedAt: Date;
  contradiction?: string;
}

/** Sign-ups per query. */
const BATCH = 500;

interface Row {
  id: string;
  created_at: Date;
  asked_at: Date;
  has_verification: boolean;
  sent: boolean;
  verified: boolean;
  /** How the job ended; null if it has not. */
  outcome: "done" | "failed" | null;
  has_job: boolean;
}

/**
 * Reads the state of every sign-up from PostgreSQL, changing nothing. A sign-up may change
 * meanwhile, but each row is consistent.
 * @yields each sign-up once, in the order of the ids
 */
export async function* readLedger(db: Knex): AsyncGenerator<Entry> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await readUsers(db, "u.id > :after", { after });
    yield* rows.map(toEntry);
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

/** Reads the state of one sign-up; undefined if it does not exist. */
export async function readEntry(db: Knex, userId: string): Promise<Entry | undefined> {
  const [row] = await readUsers(db, "u.id = :userId", { userId });
  return row && toEntry(row);
}

async function readUsers(db: Knex, which: string, values: object): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select u.id, u.created_at, v.id is not null as has_verification,
            coalesce(v.created_at, u.created_at) as asked_at,
            v.sent_at is not null as sent, u.email_verified_at is not null as verified,
            j.id is not null as has_job, j.outcome
     from users u
     left join email_verifications v on v.id = u.verification_id
     left join tx_jobs j on j.id = v.id
     where ${which} order by u.id limit :limit`,
    { ...values, limit: BATCH },
  );
  return rows;
}

function toEntry(row: Row): Entry {
  const entry = { userId: row.id, signedUpAt: row.created_at, askedAt: row.asked_at };
  const lost = (contradiction: string): Entry => ({ ...entry, place: "lost", contradiction });
  if (row.verified) return { ...entry, place: "verified" };
  if (row.sent) return { ...entry, place: "sent" };
  if (!row.has_verification) return lost("has no verification to mail");
  if (!row.has_job) return lost("has no job to mail it");
  if (row.outcome === "done") return lost("its job has ended without a mail");
  return { ...entry, place: row.outcome === "failed" ? "failed" : "job waiting" };
}
