import type { Knex } from "knex";
import { readLedger, type Entry, type Place } from "./read-ledger.ts";

/** The whole account at one moment. */
export interface Audit {
  /** Sign-ups by where they stand. */
  counts: Record<Place, number>;
  /** Seconds since the oldest mail whose job is still to be done was asked for; 0 if there is none. */
  oldestOwedSeconds: number;
  /** Sign-ups that break the promise, by their ids, and how. */
  contradictions: { id: string; what: string }[];
}

/**
 * Compares users, verifications and jobs: every sign-up must be verified, mailed, or have a job.
 * @param onEntry is called with each sign-up once
 */
export async function audit(db: Knex, onEntry?: (entry: Entry) => void): Promise<Audit> {
  const counts = { "job waiting": 0, failed: 0, sent: 0, verified: 0, lost: 0 };
  const contradictions: Audit["contradictions"] = [];
  let oldest = Date.now();
  for await (const entry of readLedger(db)) {
    counts[entry.place]++;
    if (entry.place === "job waiting") oldest = Math.min(oldest, entry.askedAt.getTime());
    if (entry.contradiction) contradictions.push({ id: entry.userId, what: entry.contradiction });
    onEntry?.(entry);
  }
  const oldestOwedSeconds = Math.max(0, Math.round((Date.now() - oldest) / 1000));
  return { counts, oldestOwedSeconds, contradictions };
}
