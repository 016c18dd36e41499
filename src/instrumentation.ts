/** Runs once, before the web process takes its first request. */
export async function register(): Promise<void> {
  // oxlint-disable-next-line node/no-process-env -- Next replaces it, so that no edge build reaches the server
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startWeb } = await import("./web/start.ts");
    await startWeb();
  }
}
