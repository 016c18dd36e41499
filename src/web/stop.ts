import diagnostics from "node:diagnostics_channel";
import type { Server } from "node:http";
import type { Log } from "../platform/log.ts";

/** Milliseconds that requests under way get to finish; the process must be gone within 10 s. */
const GRACE = 8000;

/**
 * Ends the process with 0 on SIGTERM, after the requests under way. Next drains them by itself,
 * but waits for each connection that a browser keeps open, if need be for ever, and ends with 143.
 * @param close ends the streams, which would go on as long as somebody waits
 */
export function stopOnSigterm(log: Log, close: () => void): void {
  let server: Server | undefined;
  diagnostics.subscribe("http.server.request.start", (message) => {
    server = (message as { server: Server }).server;
  });
  process.once("SIGTERM", () => {
    log.info({ signal: "SIGTERM" }, "stopping");
    close();
    process.once("exit", () => (process.exitCode = 0));
    setInterval(() => server?.closeIdleConnections(), 50);
    setTimeout(() => process.exit(0), GRACE);
  });
}
