import type { Program } from "./start.ts";

/** Keeps a set of programs running together: the end of one is the end of all. */
export interface Supervisor {
  /** Adds a program. `said` tells that its lines have been shown already. */
  watch(program: Program, options?: { said?: boolean }): void;
  /** Stops all programs, the last first, says why, and ends this process. */
  end(code: number, reason?: string): Promise<void>;
  isEnding(): boolean;
}

/**
 * Ends everything on Ctrl-C, on SIGTERM and SIGHUP, when a program ends, and when npm, which
 * started this process, dies in a way that it could not pass on.
 * @param name how this process calls itself in a message
 */
export function supervise(name: string): Supervisor {
  const running: Program[] = [];
  let ending: Promise<void> | undefined;

  const end = (code: number, reason?: string): Promise<void> => {
    ending ??= (async () => {
      if (code === 0) process.stdout.write("\n  Stopping …\n");
      for (const program of running) await program.stop();
      // Last, as what the programs say while they stop would bury it.
      if (reason) process.stderr.write(`\n${name}: ${reason}\n`);
      process.exit(code);
    })();
    return ending;
  };

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end(0));
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(1, "npm has ended, so everything was stopped.");
  }, 500).unref();

  return {
    end,
    isEnding: () => ending !== undefined,
    watch(program, { said = false } = {}) {
      running.unshift(program);
      void program.ended.then((how) => {
        const words = said ? "" : `\n${program.lastLines()}`;
        return end(1, `${program.name} ${how}, so everything was stopped.${words}`);
      });
    },
  };
}
