// npm run fuzz: sends generated requests, right, nearly right and absurd, and sees that every rule holds.
import { parseArgs } from "node:util";
import { build } from "../servers/enlist.ts";
import { fuzz } from "./fuzz.ts";

const USAGE = `npm run fuzz -- [--requests N] [--seed S]
  --requests  how many requests are sent at least, 1 to 10000000 (10000)
  --seed      a whole number; the same seed gives the same requests`;

const options = readOptions();
const began = Date.now();
const say = (line: string) => {
  const seconds = Math.round((Date.now() - began) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  process.stdout.write(`${clock.padStart(6)}  ${line}\n`);
};

if (!build(() => say("building the pages …"))) process.exit(1);
say(`${options.requests} requests, seed ${options.seed}`);
const report = await fuzz({ ...options, say });
for (const violation of report.violations) say(`VIOLATION: ${violation}`);
process.stdout.write(`${JSON.stringify({ seed: options.seed, ...report })}\n`);
process.exit(report.violations.length === 0 ? 0 : 1);

function readOptions(): { requests: number; seed: number } {
  try {
    const { values } = parseArgs({
      options: {
        requests: { type: "string", default: "10000" },
        seed: { type: "string", default: String(Date.now() % 1_000_000) },
      },
    });
    const [requests, seed] = [Number(values.requests), Number(values.seed)];
    if (!Number.isInteger(requests) || requests < 1 || requests > 10_000_000) {
      throw new Error("--requests takes a whole number from 1 to 10000000.");
    }
    if (!Number.isInteger(seed) || Math.abs(seed) > 2 ** 30) {
      throw new Error("--seed takes a whole number.");
    }
    return { requests, seed };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}
