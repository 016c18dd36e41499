import { useEffect, useEffectEvent, useState } from "react";

/**
 * The whole seconds left. It counts only while the page is visible, because nobody can stop what
 * they do not see.
 * @param seconds at the start
 * @param onEnd called once, as it reaches 0
 */
export function useVisibleCountdown(
  seconds: number,
  isCounting: boolean,
  onEnd: () => void,
): number {
  const [left, setLeft] = useState(seconds);
  const end = useEffectEvent(onEnd);
  const isOver = left <= 0;
  useEffect(() => {
    if (!isCounting) return undefined;
    if (isOver) return end();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setLeft((now) => now - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [isCounting, isOver]);
  return left;
}
