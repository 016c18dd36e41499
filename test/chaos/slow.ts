import type { Visitor } from "./visitor.ts";
import type { Struck } from "./strike.ts";

/** Milliseconds that an error may take to come. */
const SLOW = 2000;

export interface SlowFailures {
  count: number;
  /** Those that took as long even without the time in which their web was frozen, in words. */
  awake: string[];
}

/** Counts the errors that took too long, and tells those that a frozen web does not explain. */
export function findSlow(people: Visitor[], struck: Struck[]): SlowFailures {
  const slow = people
    .flatMap(({ errors }) => errors)
    .filter(({ from, to }) => to - from > SLOW)
    .map((error) => ({ ...error, around: struck.filter((fault) => overlap(fault, error) >= 0) }));
  const awake = slow.filter(({ from, to, web, around }) => {
    const frozen = web.replace(" ", " frozen: ");
    const asleep = around
      .filter(({ name }) => name === frozen)
      .reduce((sum, fault) => sum + overlap(fault, { from, to }), 0);
    return to - from - asleep > SLOW;
  });
  return {
    count: slow.length,
    awake: awake.map(({ web, what, from, to, around }) => {
      const since = (at: number) => `${((at - from) / 1000).toFixed(2)} s`;
      const faults = around.map(
        (fault) => `${fault.name}, ${since(fault.from)} to ${since(fault.to)}`,
      );
      return [`${what} of ${web} took ${since(to)}`, ...faults].join("\n          ");
    }),
  };
}

interface Span {
  from: number;
  to: number;
}

/** Milliseconds that two spans of time have in common; negative where there are none. */
function overlap(one: Span, other: Span): number {
  return Math.min(one.to, other.to) - Math.max(one.from, other.from);
}
