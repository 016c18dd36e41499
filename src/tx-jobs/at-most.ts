import { setTimeout as sleep } from "node:timers/promises";

/** Waits for this, but no longer than so many milliseconds. Returns whether it came. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<boolean> {
  const isOver = new AbortController();
  const late = sleep(ms, false, { signal: isOver.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    isOver.abort();
  }
}
