import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { dictionary as en } from "@zxcvbn-ts/language-en";
import { packWords, type PackedWords } from "#src/shared/pack-words.ts";
import { dictionariesOf } from "#src/shared/dictionaries-of.ts";
import { createRating, type Rate } from "#src/shared/password-strength.ts";
import { ALL_WORDS } from "#src/signup/dictionaries.ts";
import { interleave, median } from "../measure.ts";
import { PHRASE } from "../phrase.ts";
import type { Line, Measure } from "../row.ts";

/** Of the long one both ends are read, because its beginning is guessable. */
const PASSWORDS: { password: string; bound: number }[] = [
  ...[12, 22, 35].map((length) => ({ password: PHRASE.slice(0, length), bound: 1 })),
  { password: PHRASE.slice(0, 64), bound: 2 },
  { password: `iloveyou-iloveyou-12345678-${PHRASE}`.slice(0, 256), bound: 2 },
];

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What it costs to recognise guessable passwords in seven languages. */
export const measure: Measure = async ({ say }) => {
  const english = make(() => packWords(dictionariesOf({ en })));
  const all = make(() => packWords(ALL_WORDS));
  const sides = PASSWORDS.map(({ password }) => ({
    what: `${password.length} characters`,
    run: async () => [msPer(all.rate, password)],
  }));
  const taken = await interleave(sides, say);
  return [
    ...PASSWORDS.map(({ bound }, index): Line => ({
      part: sides[index]!.what,
      unit: "ms",
      ours: median(taken[index]!),
      peer: "the bound",
      theirs: bound,
      atMost: 1,
    })),
    { part: "load", unit: "ms", ours: all.ms, peer: "English alone", theirs: english.ms },
    { part: "memory", unit: "MB", ours: all.mb, peer: "English alone", theirs: english.mb },
  ];
};

/** Creates a rating, and measures what it takes and keeps. */
function make(pack: () => PackedWords) {
  const before = megabytes();
  const started = performance.now();
  const rate = createRating(pack());
  const ms = performance.now() - started;
  return { ms, mb: megabytes() - before, rate };
}

/** What the heap holds, and the arrays beside it. */
function megabytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
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
