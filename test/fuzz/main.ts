// npm run fuzz: sends generated requests, right, nearly right and absurd, and sees that every rule holds.
import { build } from "../system/build.ts";
import { number, readOptions, seed } from "../system/read-options.ts";
import { say } from "../system/say.ts";
import { fuzz } from "./fuzz.ts";

const USAGE = `npm run fuzz -- [--requests N] [--seed S]
  --requests  how many requests are sent at least, 1 to 10000000 (10000)
  --seed      a whole number; the same seed gives the same requests`;

const options = readOptions(USAGE, {
  requests: number(10_000, { from: 1, to: 10_000_000, step: 1 }),
  seed: seed(),
});

if (!build(() => say("building the pages …"))) process.exit(1);
say(`${options.requests} requests, seed ${options.seed}`);
const report = await fuzz({ ...options, say });
for (const violation of report.violations) say(`VIOLATION: ${violation}`);
process.stdout.write(`${JSON.stringify({ seed: options.seed, ...report })}\n`);
process.exit(report.violations.length === 0 ? 0 : 1);
