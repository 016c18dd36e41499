/** Milliseconds after which a server that has not answered counts as one that does not. */
const PATIENCE = 5000;

/**
 * Whether the server gives this page out, by a path of our own. If it does, and a part of the page that
 * is open cannot be loaded, that part belongs to an older build and will not come back. Never throws.
 */
export async function isThere(path: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE);
  const options = { method: "HEAD", cache: "no-store", signal } as const;
  return fetch(path, options).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Whether a reload has brought this page: another one would hardly help. */
export function isReloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.type === "reload";
}

export function loadAgain(): void {
  window.location.reload();
}
