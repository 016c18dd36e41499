import { setTimeout as sleep } from "node:timers/promises";

/** Waits for `work`, for at most `ms` milliseconds. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const isOver = new AbortController();
  const late = sleep(ms, undefined, { signal: isOver.signal }).catch(() => {});
  try {
    await Promise.race([work, late]);
  } finally {
    isOver.abort();
  }
}
