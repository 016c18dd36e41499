/**
 * Stops what a command has started at the first SIGINT or SIGTERM, and then the process. A second one
 * changes nothing: at Ctrl-C the terminal sends one, and npm another.
 */
export function stopOnSignal(stop: () => Promise<unknown>): void {
  let stopping: Promise<void> | undefined;
  const end = () => void (stopping ??= stop().then(() => process.exit(130)));
  process.on("SIGINT", end).on("SIGTERM", end);
}
