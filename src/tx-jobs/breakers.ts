/** Milliseconds until the first probe, and at most between two. A pause doubles from one to the next. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 4000;

/**
 * What may be done with jobs of one name. `closed`: all; `open`: none; `probe`: the poll takes one;
 * `quiet`: there was none to probe with, so the next job is the probe, however it comes.
 */
type BreakerState = "closed" | "open" | "probe" | "quiet";

/** What a run has shown of what is behind its job; nothing if the handler did not get so far. */
export type Finding = "available" | "unavailable" | undefined;

/** Which kinds of jobs cannot be done at present, as what is behind them is unavailable. */
export interface Breakers {
  state(name: string): BreakerState;
  /** Notes that a probe is under way, so that there is one at a time. */
  probing(name: string): void;
  /** Notes how a run has ended. Returns what is news. */
  ended(name: string, found: Finding, wasProbe: boolean): Finding;
  /** There is no job to probe with: others have done them. Returns what is news. */
  nothingToProbe(name: string): Finding;
  /** The names of which the last that is known is that they cannot be done. */
  open(): string[];
}

/** @param onPause is called with the milliseconds until the next probe of a name is due */
export function createBreakers(onPause: (ms: number) => void): Breakers {
  interface Breaker {
    until: number;
    pause: number;
    isProbing: boolean;
    isQuiet: boolean;
  }
  const broken = new Map<string, Breaker>();

  const pauseFor = (name: string, pause: number) => {
    // A fifth off at random, so that the processes do not come in step.
    const ms = pause * (0.8 + 0.2 * Math.random());
    const until = performance.now() + ms;
    broken.set(name, { until, pause, isProbing: false, isQuiet: false });
    onPause(ms);
  };

  return {
    state(name) {
      const breaker = broken.get(name);
      if (!breaker) return "closed";
      if (breaker.isProbing || performance.now() < breaker.until) return "open";
      return breaker.isQuiet ? "quiet" : "probe";
    },
    probing(name) {
      const breaker = broken.get(name);
      if (breaker) breaker.isProbing = true;
    },
    ended(name, found, wasProbe) {
      const breaker = broken.get(name);
      if (found === "unavailable" && !breaker) {
        pauseFor(name, FIRST_PAUSE);
        return found;
      }
      // A run that began before it broke proves nothing of now.
      if (!breaker || !wasProbe) return undefined;
      if (found === "available") {
        broken.delete(name);
        return breaker.isQuiet ? undefined : found;
      }
      if (found) pauseFor(name, Math.min(LONGEST_PAUSE, 2 * breaker.pause));
      else if (breaker.isQuiet) breaker.isProbing = false;
      else pauseFor(name, breaker.pause);
      return breaker.isQuiet ? found : undefined;
    },
    nothingToProbe(name) {
      const breaker = broken.get(name);
      if (!breaker || breaker.isQuiet) return undefined;
      breaker.isQuiet = true;
      return "available";
    },
    open: () => [...broken].filter(([, { isQuiet }]) => !isQuiet).map(([name]) => name),
  };
}
