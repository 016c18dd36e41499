/** Two ways to do what should take equally long. Each call is a new one. */
export interface Pair {
  a: () => Promise<unknown>;
  b: () => Promise<unknown>;
}

/** Standard deviations beyond which chance leads once in a million times (two-sided). */
const CERTAIN = 4.9;

/** Those beyond which it is worth while to go on measuring. */
const DOUBTFUL = 2;

/** How often pairs are measured before it is decided, by all of them. */
const ROUNDS = 3;

/** Calls of which the shortest counts. */
const TRIES = 3;

/**
 * Whether one of the two takes longer, by Wilcoxon's signed-rank test on interleaved pairs, whose
 * order a coin decides: a machine that is busy, or becomes so, hits both alike. Where both take
 * equally long, it says otherwise once in a million times.
 * @param pairs how many are measured a round
 */
export async function differInTime({ a, b }: Pair, pairs: number): Promise<boolean> {
  const differences: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < pairs; n++) {
      const isFirst = Math.random() < 0.5;
      const first = await timeOf(isFirst ? a : b);
      const second = await timeOf(isFirst ? b : a);
      differences.push(isFirst ? first - second : second - first);
    }
    if (Math.abs(signedRank(differences)) < DOUBTFUL) return false;
  }
  return Math.abs(signedRank(differences)) > CERTAIN;
}

/** The shortest of a few: what else the machine has to do makes a call longer, never shorter. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  let shortest = Infinity;
  for (let n = 0; n < TRIES; n++) {
    const started = performance.now();
    await work();
    shortest = Math.min(shortest, performance.now() - started);
  }
  return shortest;
}

/**
 * How far the ranks of the positive differences are from what chance gives, in standard deviations.
 * Times in fractions of a microsecond have no ties to speak of.
 */
export function signedRank(differences: number[]): number {
  const n = differences.length;
  const ranked = differences.toSorted((x, y) => Math.abs(x) - Math.abs(y));
  const sum = ranked.reduce((total, value, rank) => total + (value > 0 ? rank + 1 : 0), 0);
  return (sum - (n * (n + 1)) / 4) / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
}
