import type { RunningWorker } from "./start.ts";

/** Milliseconds for running jobs to finish; the process must end within 10 s. */
const GRACE = 8000;

/**
 * Ends the process with code 0 on SIGTERM or SIGINT, after running jobs. A job that takes too long
 * passes to another worker when its lease expires.
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
        worker.log.error({ err }, "failed to stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
