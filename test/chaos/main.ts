// npm run chaos: breaks whatever can break while people sign up, and sees that the promise holds.
import { parseArgs } from "node:util";
import { build } from "../servers/enlist.ts";
import { campaign } from "./campaign.ts";
import { KINDS } from "./plan.ts";
import { FORBIDDEN } from "./report.ts";

const USAGE = `npm run chaos -- [--faults N] [--seed S] [--backlog N] [--only KIND,…] [--json]
  --faults  how many faults strike, 1 to 5000 (60)
  --seed    a whole number; the same seed gives the same faults at the same moments
  --backlog how many mails are due already as it begins, 0 to 100000 (0)
  --only    these kinds of faults alone, separated by commas
  --json    nothing on standard output but the line with the result`;

const options = readOptions();
const began = Date.now();
const say = (line: string) => {
  const seconds = Math.round((Date.now() - began) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  (options.json ? process.stderr : process.stdout).write(`${clock.padStart(6)}  ${line}\n`);
};

if (build(() => say("building the pages …"))) {
  say(`${options.faults} faults, seed ${options.seed}, ${options.backlog} mails due`);
  const report = await campaign({ ...options, say });
  process.stdout.write(
    `${JSON.stringify({ seed: options.seed, backlog: options.backlog, ...report })}\n`,
  );
  const broken = FORBIDDEN.filter((name) => report[name] > 0);
  say(broken.length === 0 ? "the promise held" : `BROKEN: ${broken.join(", ")}`);
  process.exit(broken.length === 0 ? 0 : 1);
}
process.exit(1);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        faults: { type: "string", default: "60" },
        seed: { type: "string", default: String(Date.now() % 1_000_000) },
        backlog: { type: "string", default: "0" },
        only: { type: "string", default: KINDS.join() },
        json: { type: "boolean", default: false },
      },
    });
    const [faults, seed] = [Number(values.faults), Number(values.seed)];
    if (!Number.isInteger(faults) || faults < 1 || faults > 5000) {
      throw new Error("--faults takes a whole number from 1 to 5000.");
    }
    const backlog = Number(values.backlog);
    if (!Number.isInteger(backlog) || backlog < 0 || backlog > 100_000) {
      throw new Error("--backlog takes a whole number from 0 to 100000.");
    }
    if (!Number.isSafeInteger(seed)) throw new Error("--seed takes a whole number.");
    const kinds = values.only.split(",");
    const unknown = kinds.find((kind) => !KINDS.includes(kind));
    if (unknown !== undefined) {
      throw new Error(`--only: there is no "${unknown}", but there are\n  ${KINDS.join("\n  ")}`);
    }
    return { faults, seed, backlog, kinds, json: values.json };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}
