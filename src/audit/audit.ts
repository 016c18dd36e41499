import { setTimeout as sleep } from "node:timers/promises";
import { readGhosts } from "./read-ghosts.ts";
import { readEntry, readLedger, type Entry, type Ledger, type Place } from "./read-ledger.ts";

/** The whole account at one moment. */
export interface Audit {
  /** Sign-ups by where they stand. */
  counts: Record<Place, number>;
  /** Seconds since the oldest mail that is owed was asked for; 0 where none is. */
  oldestOwedSeconds: number;
  /** Jobs of rolled-back sign-ups, to be discarded. */
  ghosts: number;
  /** Whatever breaks the promise: a sign-up or a job, by its id, and how. */
  contradictions: { id: string; what: string }[];
}

export interface AuditOptions {
  /** Seconds that the reconciler gets to put back the jobs that are missing. */
  waitSeconds: number;
  /** Is called with each sign-up once. */
  onEntry?: (entry: Entry) => void;
  /** Is called when the audit begins to wait for the reconciler, with how many jobs are missing. */
  onWait?: (missing: number) => void;
}

/** Milliseconds between looks at the jobs that are missing. */
const LOOK_AGAIN = 500;

/**
 * Compares PostgreSQL, the verifications and the queue. A mail that is owed and has no job is no
 * contradiction yet, as Redis may have lost it a moment ago; it is one if nobody puts it back.
 */
export async function audit(ledger: Ledger, options: AuditOptions): Promise<Audit> {
  const counts = { "mail owed": 0, "job waiting": 0, failed: 0, sent: 0, verified: 0 };
  const contradictions: Audit["contradictions"] = [];
  const missing: Entry[] = [];
  let oldest = Date.now();
  for await (const entry of readLedger(ledger)) {
    counts[entry.place]++;
    if (["mail owed", "job waiting"].includes(entry.place)) {
      oldest = Math.min(oldest, entry.askedAt.getTime());
    }
    if (entry.contradiction) contradictions.push({ id: entry.userId, what: entry.contradiction });
    else if (entry.place === "mail owed") missing.push(entry);
    options.onEntry?.(entry);
  }
  for (const { userId } of await stillMissing(ledger, missing, options)) {
    contradictions.push({ id: userId, what: `has had no job for ${options.waitSeconds} s` });
  }
  const ghosts = await readGhosts(ledger);
  for (const id of ghosts.mailed) contradictions.push({ id, what: "mailed, but rolled back" });
  return {
    counts,
    oldestOwedSeconds: Math.round((Date.now() - oldest) / 1000),
    ghosts: ghosts.waiting,
    contradictions,
  };
}

async function stillMissing(ledger: Ledger, missing: Entry[], options: AuditOptions) {
  if (missing.length > 0) options.onWait?.(missing.length);
  const deadline = Date.now() + options.waitSeconds * 1000;
  let left = missing;
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(LOOK_AGAIN);
    const now = await Promise.all(left.map(({ userId }) => readEntry(ledger, userId)));
    left = left.filter((_, index) => now[index]?.place === "mail owed");
  }
  return left;
}
