import { sqlState } from "./connection.ts";
import type { Message } from "./message.ts";
import type { Look, TakenJob } from "./take.ts";

/** Milliseconds between looks for a row whose transaction is about to commit or to unlock it: 126 in total. */
const WAITS = [2, 4, 8, 16, 32, 64];
const PATIENCE = 126;

/** How many slow transactions to remember. */
const MOST_SLOW = 1000;

/**
 * Takes the job that a message names. If its row is missing, waits up to 126 ms for the commit,
 * unless PostgreSQL's commit log rules it out. A message that is slightly early waits too, because
 * clocks differ, and one whose row is locked: a statement for several that was refused is still being
 * rolled back when each is tried alone. After a wrong answer the poll still finds the job.
 * @param slow transactions that took longer: their other messages do not wait
 * @param pause waits this many milliseconds; returns false to give up
 * @returns the job, or the reason why there is none to run
 */
export async function takeByMessage(
  lookFor: (message: Message) => Promise<Look>,
  message: Message,
  slow: Set<string>,
  pause: (ms: number) => Promise<boolean>,
): Promise<TakenJob | "there" | "rolled back" | "not yet" | "unknown"> {
  let isCommitted = false;
  for (const wait of [...WAITS, 0]) {
    const look = await lookOrNothing(lookFor(message));
    if (look.found === "taken") return look.job;
    if (look.found === "there") return "there";
    if (look.found === "locked") {
      if (wait === 0 || !(await pause(wait))) return "there";
      continue;
    }
    if (look.found === "early") {
      if (look.inMs > PATIENCE || !(await pause(Math.ceil(look.inMs)))) return "there";
      continue;
    }
    if (look.status === "aborted") return "rolled back";
    // It committed between the two reads, so the next look finds the row.
    if (look.status === null || isCommitted) return "unknown";
    isCommitted = look.status === "committed";
    if (isCommitted) continue;
    if (slow.has(message.xid) || !(await pause(wait))) return "not yet";
  }
  if (slow.size >= MOST_SLOW) slow.clear();
  slow.add(message.xid);
  return "not yet";
}

async function lookOrNothing(looking: Promise<Look>): Promise<Look> {
  try {
    return await looking;
  } catch (error) {
    // "transaction ID … is in the future" (22023): PostgreSQL was restored to an earlier state.
    // Other codes of class 22 mean that the id is invalid.
    if (sqlState(error)?.startsWith("22")) return { found: "nothing", status: null };
    throw error;
  }
}
