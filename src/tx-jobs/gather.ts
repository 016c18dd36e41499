/** Messages per interval from which on they wait: fifty a second, if an interval is 100 ms. */
const MANY = 5;

/**
 * Makes messages wait for each other while many come, so that they are handled together: their jobs
 * share statements, and wake the process less often. While few come, none waits.
 * @param ms the longest wait, in milliseconds
 * @param isFull whether no more can come until one is handled, so that waiting is futile
 * @returns a function that waits for a message's turn
 */
export function createGather(ms: number, isFull: () => boolean): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let intervalBegan = -Infinity;
  let came = 0;
  let areMany = false;

  const begin = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const go of waiting.splice(0)) go();
  };
  return () => {
    const now = performance.now();
    if (now >= intervalBegan + ms) {
      areMany = came >= MANY && now < intervalBegan + 2 * ms;
      came = 0;
      intervalBegan = now;
    }
    came++;
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (!areMany || isFull()) begin();
      else timer ??= setTimeout(begin, intervalBegan + ms - now);
    });
  };
}
