/** A poll that runs until it is stopped. */
export interface Polling {
  /** Makes a pass at once, or right after the current one. */
  soon(): void;
  /** Resolves when the current pass has ended. */
  stop(): Promise<void>;
}

/**
 * Makes a pass at once, then one every `pollMs` milliseconds, varied by a fifth so that processes
 * do not run in step.
 * @param pass must not throw
 */
export function keepPolling(pass: () => Promise<void>, pollMs: number): Polling {
  let timer: NodeJS.Timeout | undefined;
  let passing: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  const begin = () => {
    clearTimeout(timer);
    if (isStopped) return;
    isWanted = passing !== undefined;
    passing ??= pass().finally(() => {
      passing = undefined;
      if (isStopped) return;
      if (isWanted) begin();
      else timer = setTimeout(begin, pollMs * (0.8 + Math.random() * 0.4));
    });
  };
  begin();

  return {
    soon: begin,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await passing;
    },
  };
}
