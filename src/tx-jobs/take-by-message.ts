import { sqlState } from "./connection.ts";
import type { Message } from "./message.ts";
import { lookFor, type Look, type TakenJob, type Taking } from "./take.ts";

/** Milliseconds between looks for a row whose transaction is about to commit: 127 in all. */
const WAITS = [1, 2, 4, 8, 16, 32, 64];
const PATIENCE = 127;

/** Transactions to keep in mind, at most. */
const MOST_SLOW = 1000;

/**
 * Takes the job that a message names; if its row is not there yet, waits 127 ms at most for the
 * commit. PostgreSQL's commit log tells early that there will be none. That is an accelerator alone:
 * after a wrong answer the poll has the job. A message that comes a little early waits as well: two
 * clocks never agree to the millisecond.
 * @param slow transactions that took longer than that: their other messages wait no more
 * @param pause waits for so many milliseconds; returns false to give up
 * @returns the job, or why there is none to run
 */
export async function takeByMessage(
  taking: Taking,
  message: Message,
  slow: Set<string>,
  pause: (ms: number) => Promise<boolean>,
): Promise<TakenJob | "there" | "rolled back" | "not yet" | "unknown"> {
  let isCommitted = false;
  for (const wait of [...WAITS, 0]) {
    const look = await lookOrNothing(taking, message);
    if (look.found === "taken") return look.job;
    if (look.found === "there") return "there";
    if (look.found === "early") {
      if (look.inMs > PATIENCE || !(await pause(Math.ceil(look.inMs)))) return "there";
      continue;
    }
    if (look.status === "aborted") return "rolled back";
    // Committed between the look for the row and the one for the state: the next look finds it.
    if (look.status === null || isCommitted) return "unknown";
    isCommitted = look.status === "committed";
    if (isCommitted) continue;
    if (slow.has(message.xid) || !(await pause(wait))) return "not yet";
  }
  if (slow.size >= MOST_SLOW) slow.clear();
  slow.add(message.xid);
  return "not yet";
}

async function lookOrNothing(taking: Taking, message: Message): Promise<Look> {
  try {
    return await lookFor(taking, message);
  } catch (error) {
    // "transaction ID … is in the future" (22023): PostgreSQL was restored to a time before it. The
    // others of the class are an id that is none.
    if (sqlState(error)?.startsWith("22")) return { found: "nothing", status: null };
    throw error;
  }
}
