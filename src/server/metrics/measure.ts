import { COUNTERS, HISTOGRAMS } from "./definitions.ts";
import { metrics } from "./registry.ts";

type Counters = typeof COUNTERS;
type Histograms = typeof HISTOGRAMS;
type Labelled = { [N in keyof Histograms]: Histograms[N] extends { label: string } ? N : never };
type Timed = Labelled[keyof Histograms];

/** Counts one, or `by`. Never throws: whatever is counted matters more. */
export function count<Name extends keyof Counters>(
  name: Name,
  value: Counters[Name]["values"][number],
  by = 1,
): void {
  orNothing(() => metrics().counters[name].inc({ [COUNTERS[name].label]: value }, by));
}

/** Notes how many seconds something took. Never throws. */
export function observe(name: keyof Histograms, seconds: number): void {
  orNothing(() => metrics().histograms[name].observe(seconds));
}

type Outcome<Name extends Timed> = Histograms[Name]["values"][number];

/**
 * Does the work and notes how long it took, and how it ended: well, or with an error, which is
 * thrown on. Of its own it throws nothing.
 */
export async function measure<T, Name extends Timed>(
  name: Name,
  [done, failed]: [Outcome<Name>, Outcome<Name> | ((error: unknown) => Outcome<Name>)],
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const note = (value: string) => {
    const seconds = (performance.now() - started) / 1000;
    orNothing(() =>
      metrics().histograms[name].observe({ [HISTOGRAMS[name].label]: value }, seconds),
    );
  };
  try {
    const result = await work();
    note(done);
    return result;
  } catch (error) {
    note(typeof failed === "function" ? failed(error) : failed);
    throw error;
  }
}

function orNothing(work: () => void): void {
  try {
    work();
  } catch {
    // There is nobody to tell: a log line for each count that fails would be no help.
  }
}
