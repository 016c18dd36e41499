import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between tries. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5000;

/**
 * Writes, and retries on any error until it succeeds, because the effect cannot be undone.
 * @param write gets the number of earlier tries
 * @param onFailure gets the number of tries so far
 */
export async function persist<T>(
  write: (tries: number) => Promise<T>,
  onFailure: (error: unknown, tries: number) => void,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await write(tries);
    } catch (error) {
      onFailure(error, tries + 1);
      await sleep(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries));
    }
  }
}
