import { useEffect, useState } from "react";

/**
 * The whole seconds that are left, counted down to 0.
 * @param ms how many milliseconds were left at `since`
 * @param since a time of the browser's monotonic clock, in milliseconds
 */
export function useCountdown(ms: number, since: number): number {
  const [now, setNow] = useState(since);
  // What began after the last tick counts from its own begin.
  const seconds = Math.max(0, Math.ceil((since + ms - Math.max(now, since)) / 1000));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isOver]);
  return seconds;
}
