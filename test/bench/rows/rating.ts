import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { dictionary as en } from "@zxcvbn-ts/language-en";
import { createRating, type Rate } from "#src/shared/password-strength.ts";
import { DICTIONARIES } from "#src/signup/rate-password.ts";
import { compareRounds, interleave, median } from "../measure.ts";
import type { Line, Measure } from "../row.ts";

/** Passwords by their length, of random words as people are told to choose them. */
const PASSWORDS = [
  "vexed-otter1",
  "vexed-otter-lantern-42",
  "vexed-otter-lantern-42-quiet-marble",
  "vexed-otter-lantern-42-quiet-marble-sable-driftwood-cinder-plum1",
];

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const PEER = "English alone";

/** What it costs to recognise guessable passwords in seven languages. */
export const measure: Measure = async ({ say }) => {
  const made: Record<"all" | "one", { ms: number; mb: number; rate: Rate }> = {
    one: make(() => createRating({ en })),
    all: make(() => createRating(DICTIONARIES)),
  };
  const lines: Line[] = [];
  for (const password of PASSWORDS) {
    const side = (what: string, rate: Rate) => ({ what, run: async () => [msPer(rate, password)] });
    const [ours, theirs] = await interleave(
      [side("seven languages", made.all.rate), side(PEER, made.one.rate)],
      say,
    );
    lines.push({
      part: `${password.length} characters`,
      unit: "ms",
      ...compareRounds(ours!, theirs!),
      peer: PEER,
    });
  }
  return [
    ...lines,
    { part: "load", unit: "ms", ours: made.all.ms, peer: PEER, theirs: made.one.ms },
    { part: "memory", unit: "MB", ours: made.all.mb, peer: PEER, theirs: made.one.mb },
  ];
};

/** Creates a rating, and measures what it takes and keeps. */
function make(create: () => Rate) {
  const before = megabytes();
  const started = performance.now();
  const rate = create();
  const ms = performance.now() - started;
  return { ms, mb: megabytes() - before, rate };
}

/** What the heap holds. */
function megabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Milliseconds per rating, the median of many, each of another password. */
function msPer(rate: Rate, password: string): number {
  return median(
    Array.from({ length: 100 }, (_, index) => {
      const typed = password.replace(/.$/, String(index % 10));
      const started = performance.now();
      rate({
        password: typed,
        username: "ada_lovelace",
        fullName: "Ada",
        email: "ada@example.com",
      });
      return performance.now() - started;
    }),
  );
}
