// npm run chaos: breaks whatever can break while people sign up, and sees that the promise holds.
import { build } from "../system/build.ts";
import { flag, number, readOptions, seed, some } from "../system/read-options.ts";
import { say } from "../system/say.ts";
import { campaign } from "./campaign.ts";
import { KINDS } from "./plan.ts";
import { FORBIDDEN } from "./report.ts";

const USAGE = `npm run chaos -- [--faults N] [--seed S] [--backlog N] [--only KIND,…] [--json]
  --faults  how many faults strike, 1 to 5000 (60)
  --seed    a whole number; the same seed gives the same faults at the same moments
  --backlog how many mails are due already as it begins, 0 to 100000 (0)
  --only    these kinds of faults alone, separated by commas
  --json    nothing on standard output but the line with the result`;

const {
  only: kinds,
  json,
  ...options
} = readOptions(USAGE, {
  faults: number(60, { from: 1, to: 5000, step: 1 }),
  seed: seed(),
  backlog: number(0, { from: 0, to: 100_000, step: 1 }),
  only: some(KINDS),
  json: flag(),
});
const tell = (line: string) => say(line, json ? process.stderr : process.stdout);

if (build(() => tell("building the pages …"))) {
  tell(`${options.faults} faults, seed ${options.seed}, ${options.backlog} mails due`);
  const report = await campaign({ ...options, kinds, say: tell });
  process.stdout.write(
    `${JSON.stringify({ seed: options.seed, backlog: options.backlog, ...report })}\n`,
  );
  const broken = FORBIDDEN.filter((name) => report[name] > 0);
  tell(broken.length === 0 ? "the promise held" : `BROKEN: ${broken.join(", ")}`);
  process.exit(broken.length === 0 ? 0 : 1);
}
process.exit(1);
