import type { Server } from "node:http";
import type { Log } from "#src/platform/log.ts";

/** Milliseconds for open requests to finish; the process must end within 10 s. */
const GRACE = 8000;

/**
 * Ends the process with code 0 on SIGTERM or SIGINT, after open requests.
 * @param close ends the streams, which would otherwise stay open
 */
export function stopOnSignal(server: Server, log: Log, close: () => void): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return; // A terminal signals parent and child, and the parent forwards it.
    isStopping = true;
    log.info({ signal }, "stopping");
    close();
    server.close(() => process.exit(0));
    // A kept-alive connection becomes idle only after its answer.
    setInterval(() => server.closeIdleConnections(), 50);
    setTimeout(() => process.exit(0), GRACE);
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}
