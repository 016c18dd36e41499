import { setTimeout as sleep } from "node:timers/promises";

/** Waits for this, but no longer than so many milliseconds. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const isOver = new AbortController();
  const late = sleep(ms, undefined, { signal: isOver.signal }).catch(() => {});
  try {
    await Promise.race([work, late]);
  } finally {
    isOver.abort();
  }
}
