import { useEffect, useState } from "react";

/**
 * The whole seconds left, counting down to 0.
 * @param ms milliseconds left at `since`
 * @param since milliseconds on the browser's monotonic clock
 */
export function useCountdown(ms: number, since: number): number {
  const [now, setNow] = useState(since);
  // A countdown that began after the last tick counts from its own start.
  const seconds = Math.max(0, Math.ceil((since + ms - Math.max(now, since)) / 1000));
  const isOver = seconds === 0;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isOver]);
  return seconds;
}
