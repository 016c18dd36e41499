import { setTimeout as sleep } from "node:timers/promises";

/** Waits for `work` for at most `ms` milliseconds. Returns whether it finished in time. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<boolean> {
  const isOver = new AbortController();
  const late = sleep(ms, false, { signal: isOver.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    isOver.abort();
  }
}
