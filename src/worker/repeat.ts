import type { Log } from "#src/platform/log.ts";

/** Recurring work that runs until it is stopped. */
export interface Repeating {
  /** Resolves when the current run, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * Runs `work` after `everyMs` milliseconds, and again that long after each end, so runs never
 * overlap. The pause varies by a fifth, so that processes do not run in step. A failure is logged,
 * and the next run happens as usual.
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
