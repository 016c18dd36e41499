import { setTimeout as sleep } from "node:timers/promises";

/**
 * Polls until `condition` gives something truthy, and returns it. An exception counts as "not yet".
 * @param what what is waited for, for the message
 * @throws after `timeoutMs` milliseconds, with the last exception as cause
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 240_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value as Exclude<T, false | null | undefined>;
    } catch (error) {
      cause = error;
    }
    await sleep(25);
  } while (Date.now() < deadline);
  throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`, { cause });
}
