import type { Log } from "#src/platform/log.ts";

/** Work that goes on until it is stopped. */
export interface Repeating {
  /** Resolves when the run under way, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `work` in `everyMs` milliseconds and again so long after each end, so that no two runs
 * overlap. A fifth more or less keeps several processes from marching in step. A run that fails
 * is logged, and the next one tries again.
 */
export function repeat(
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  log: Log,
): Repeating {
  let timer: NodeJS.Timeout;
  let stopped = false;
  let current = Promise.resolve();

  const run = async () => {
    try {
      await work();
    } catch (err) {
      log.warn({ task: name, err }, "task failed");
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => (current = run()), everyMs * (0.8 + Math.random() * 0.4));
  };
  schedule();

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}
