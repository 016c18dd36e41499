/** One of the things that a row compares. */
export interface Side {
  what: string;
  /** One round of it: what it has measured, a value or many. */
  run(): Promise<number[]>;
}

/** Rounds that count where nothing else is said; one more goes before them, to warm up. */
const ROUNDS = 5;

/**
 * Runs the sides in turns (A B A B …), so that whatever else the machine does meets them all. Each
 * round begins with another side, so that nobody always follows the same one.
 * @returns what each side has measured in all rounds that count, in the order of the sides
 */
export async function interleave(
  sides: Side[],
  say: (text: string) => void,
  rounds = ROUNDS,
): Promise<number[][]> {
  const all: number[][] = sides.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    const name = round === 0 ? "warm-up" : `round ${round} of ${rounds}`;
    const medians: string[] = [];
    for (let turn = 0; turn < sides.length; turn++) {
      const index = (round + turn) % sides.length;
      const values = await sides[index]!.run();
      medians[index] = `${sides[index]!.what} ${figure(median(values))}`;
      if (round > 0) all[index]!.push(...values);
    }
    if (round % Math.ceil(rounds / ROUNDS) === 0) say(`${name}: ${medians.join(", ")}`);
  }
  return all;
}

/** The value below which this share of the values lies, between two where it falls between them. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/**
 * What a round's figures of two sides come to: their medians, and between what their ratio lay.
 * @param ours one figure a round, as are `theirs`
 */
export function compareRounds(ours: number[], theirs: number[]) {
  const ratios = ours.map((value, round) => value / theirs[round]!);
  return {
    ours: median(ours),
    theirs: median(theirs),
    between: [Math.min(...ratios), Math.max(...ratios)] as [number, number],
  };
}

/**
 * How often `work` succeeds in a second, with so many at a time. It goes on for a while before it is
 * counted, until as much ends as begins; what ends after the count does not count.
 * @param options `ms` milliseconds that are counted, and `runUp` of them before that, a fifth as many
 *   where nothing else is said
 */
export async function rate(
  work: () => Promise<unknown>,
  { atOnce, ms, runUp = ms / 5 }: { atOnce: number; ms: number; runUp?: number },
): Promise<number[]> {
  const begin = performance.now() + runUp;
  const end = begin + ms;
  let done = 0;
  const client = async () => {
    while (performance.now() < end) {
      await work();
      const now = performance.now();
      if (now >= begin && now < end) done++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return [(done * 1000) / ms];
}

/** How long each of `count` runs of `work` takes, one after the other, in milliseconds. */
export async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n++) {
    const begin = performance.now();
    await work();
    taken.push(performance.now() - begin);
  }
  return taken;
}

/** A number with the three digits that count, for people. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
