import type { Server } from "node:http";
import type { Log } from "#src/platform/log.ts";

/** Milliseconds that requests under way get to finish; the process must be gone within 10 s. */
const GRACE = 8000;

/**
 * Ends the process with 0 on SIGTERM or SIGINT, after the requests under way.
 * @param close ends the streams, which would go on as long as somebody waits
 */
export function stopOnSignal(server: Server, log: Log, close: () => void): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return; // A terminal sends it to parent and child, and both to this one.
    isStopping = true;
    log.info({ signal }, "stopping");
    close();
    server.close(() => process.exit(0));
    // One that a browser keeps open is idle only once its answer is through.
    setInterval(() => server.closeIdleConnections(), 50);
    setTimeout(() => process.exit(0), GRACE);
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
