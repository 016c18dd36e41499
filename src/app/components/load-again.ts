/** Milliseconds until an unanswered server counts as unreachable. */
const PATIENCE = 5000;

/**
 * Whether the server still serves this page. If it does, a part that cannot be loaded belongs to an
 * older build and is gone. Never throws.
 * @param path the path of the page
 */
export async function isThere(path: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE);
  const options = { method: "HEAD", cache: "no-store", signal } as const;
  return fetch(path, options).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Whether this page was reloaded already, so that another reload would hardly help. */
export function isReloaded(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return (navigation as PerformanceNavigationTiming | undefined)?.type === "reload";
}

/** Reloads the page. */
export function loadAgain(): void {
  window.location.reload();
}
