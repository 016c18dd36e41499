/**
 * Milliseconds until the first probe, and the longest pause. Each pause is twice the one before.
 */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 4000;

/**
 * What may run of one name. `closed`: all jobs. `open`: none. `probe`: the poll takes one. `quiet`:
 * there was none to probe with, so the next job is the probe, however it arrives.
 */
type BreakerState = "closed" | "open" | "probe" | "quiet";

/** What a run has shown about the service behind its job; undefined if it never used it. */
export type Finding = "available" | "unavailable" | undefined;

/** Tracks which kinds of jobs cannot run at present, because a service they need is unavailable. */
export interface Breakers {
  state(name: string): BreakerState;
  /** Notes that a probe is running, so that there is only one at a time. */
  probing(name: string): void;
  /** Notes that the probe did not begin. */
  noProbe(name: string): void;
  /** Notes how a run ended. Returns the new state if it changed. */
  ended(name: string, found: Finding, wasProbe: boolean): Finding;
  /** Notes that no job is left to probe with, because others have done them. Returns the change. */
  nothingToProbe(name: string): Finding;
  /** The names that are currently considered unavailable. */
  open(): string[];
}

/** @param onPause called with the milliseconds until a name's next probe is due */
export function createBreakers(onPause: (ms: number) => void): Breakers {
  interface Breaker {
    until: number;
    pause: number;
    isProbing: boolean;
    isQuiet: boolean;
  }
  const broken = new Map<string, Breaker>();

  const pauseFor = (name: string, pause: number) => {
    // Varied by a fifth, so that processes do not run in step.
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
    noProbe(name) {
      const breaker = broken.get(name);
      if (breaker) breaker.isProbing = false;
    },
    ended(name, found, wasProbe) {
      const breaker = broken.get(name);
      if (found === "unavailable" && !breaker) {
        pauseFor(name, FIRST_PAUSE);
        return found;
      }
      // A run that began before the breaker opened says nothing about now.
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
