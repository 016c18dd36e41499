import type { RunningWorker } from "./start-worker.ts";

/** Milliseconds that jobs under way get to finish; the process must be gone within 10 s. */
const GRACE = 8000;

/**
 * Ends the process with 0 on SIGTERM or SIGINT, after the jobs under way. A job that takes longer
 * than the grace is left to another worker, to which it passes when its lease runs out.
 */
export function stopOnSignal(worker: RunningWorker): void {
  const stop = (signal: NodeJS.Signals) => {
    process.off("SIGTERM", stop).off("SIGINT", stop);
    worker.log.info({ signal }, "stopping");
    setTimeout(() => {
      worker.log.warn("stopped before all jobs were done");
      process.exit(0);
    }, GRACE);
    void worker.close().then(
      () => {
        worker.log.info("stopped");
        process.exit(0);
      },
      (err: unknown) => {
        worker.log.error({ err }, "stopped badly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
