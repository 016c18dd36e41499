import type { Knex } from "knex";
import { auditInvitations } from "./audit-invitations.ts";
import { readLedger, type Entry, type Place } from "./read-ledger.ts";

/** The result of an audit. */
export interface Audit {
  /** Sign-ups per state. */
  counts: Record<Place, number>;
  /** Seconds since the oldest mail whose job is not finished was requested; 0 if there is none. */
  oldestOwedSeconds: number;
  /** Ids of the sign-ups and invitations that break the promise, and how. */
  contradictions: { id: string; what: string }[];
}

/**
 * Compares users, verifications, invitations and jobs: every sign-up must be verified, mailed, or have
 * a job, and so must every invitation.
 * @param onEntry called once per sign-up
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
  const invitations = await auditInvitations(db);
  contradictions.push(...invitations.contradictions);
  oldest = Math.min(oldest, invitations.oldestOwedAt?.getTime() ?? oldest);
  const oldestOwedSeconds = Math.max(0, Math.round((Date.now() - oldest) / 1000));
  return { counts, oldestOwedSeconds, contradictions };
}
