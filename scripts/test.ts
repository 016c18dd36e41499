// npm test, npm run test:quick and npm run test:all: see CONTRIBUTING.md for what each runs. It
// continues after a failure, and ends with the line "N passed, N failed".
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  nameSkippedByPlaywright,
  nameSkippedByVitest,
  type PlaywrightReport,
  type VitestReport,
} from "./name-skipped.ts";

interface Count {
  passed: number;
  failed: number;
  /** The names of the tests. */
  skipped: string[];
}

/** What a tier runs, in addition to the checks. */
interface Tier {
  /** Projects of vitest.config.ts. */
  projects: string[];
  /** Arguments for testing the production build: Playwright, generated requests, fault campaign. */
  built?: { isWeighed?: boolean; browser: string[]; fuzz: string[]; chaos: string[] };
}

/** The main user journeys, in one browser at one size. */
const WAYS = ["sign-up", "verify", "waiting", "language-choice"].map(
  (name) => `e2e/${name}.spec.ts`,
);

const TIERS: Record<string, Tier> = {
  quick: { projects: ["unit"] },
  normal: {
    projects: ["unit", "stores"],
    built: {
      browser: [...WAYS, "--project=desktop"],
      fuzz: ["--requests", "300", "--seed", "1"],
      chaos: ["--faults", "16", "--seed", "1"],
    },
  },
  // Each run uses new seeds and prints them.
  all: {
    projects: ["unit", "stores", "slow"],
    built: {
      isWeighed: true,
      browser: [],
      fuzz: ["--requests", "5000"],
      chaos: ["--faults", "100"],
    },
  },
};

const { projects, built: withBuild } = tierOf(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), "enlist-reports-"));
const reports = {
  vitest: join(folder, "vitest.json"),
  playwright: join(folder, "playwright.json"),
};
const total: Count = { passed: 0, failed: 0, skipped: [] };

await step("checks", ["npm", "run", "--silent", "check"]);
await step(
  "tests beside the code",
  [
    "npx",
    "vitest",
    "run",
    ...projects.map((project) => `--project=${project}`),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reports.vitest}`,
  ],
  {
    count() {
      const report = read(reports.vitest) as VitestReport;
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: nameSkippedByVitest(report),
      };
    },
  },
);
if (withBuild) await testBuild(withBuild);
rmSync(folder, { recursive: true });

process.stdout.write("\n");
for (const name of total.skipped) process.stdout.write(`skipped: ${name}\n`);
const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : "";
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);

async function testBuild({
  isWeighed,
  browser,
  fuzz,
  chaos,
}: NonNullable<Tier["built"]>): Promise<void> {
  if (!(await step("production build", ["npm", "run", "--silent", "build"]))) return;
  if (isWeighed) await step("script of the sign-up page", ["npm", "run", "--silent", "size"]);
  const playwright = ["npx", "playwright", "test", "--reporter=list,json", ...browser];
  await step("tests in a browser", playwright, {
    count() {
      const report = read(reports.playwright) as PlaywrightReport;
      return {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky,
        skipped: nameSkippedByPlaywright(report),
      };
    },
  });
  // Side by side, as both wait for most of their time; each has a system of its own.
  await Promise.all([
    step("a campaign of faults", ["npm", "run", "--silent", "chaos", "--", ...chaos]),
    step("generated requests", ["npm", "run", "--silent", "fuzz", "--", ...fuzz], { isHeld: true }),
  ]);
}

function tierOf([name = "normal", ...rest]: string[]): Tier {
  const tier = Object.hasOwn(TIERS, name) ? TIERS[name] : undefined;
  if (tier && rest.length === 0) return tier;
  process.stderr.write(`test: use one of ${Object.keys(TIERS).join(", ")}, or nothing\n`);
  return process.exit(2);
}

interface StepOptions {
  /** Reads what it counted. A command without counts is one test. */
  count?: () => Count;
  /** Whether its output is held back until it has ended. */
  isHeld?: boolean;
}

/** Runs a command and adds its counts. */
async function step(
  what: string,
  command: string[],
  { count, isHeld = false }: StepOptions = {},
): Promise<boolean> {
  const started = Date.now();
  const begin = `\n── ${what}\n`;
  if (!isHeld) process.stdout.write(begin);
  const { code, output } = await run(command, isHeld);
  if (isHeld) process.stdout.write(begin + output);
  const ok = code === 0;
  const counted =
    count === undefined ? { passed: ok ? 1 : 0, failed: 0, skipped: [] } : orNothing(count);
  total.passed += counted.passed;
  total.skipped.push(...counted.skipped);
  // A command that fails without a failed test (it could not even start, say) is a failure too.
  total.failed += ok ? counted.failed : Math.max(1, counted.failed);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  process.stdout.write(`── ${what}: ${ok ? "ok" : "FAILED"}, ${seconds} s\n`);
  return ok;
}

async function run(
  [command, ...args]: string[],
  isHeld: boolean,
): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
  };
  const to = isHeld ? "pipe" : "inherit";
  const child = spawn(command!, args, { stdio: ["ignore", to, to], env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null)).once("close", resolve);
  });
  return { code, output };
}

function orNothing(count: () => Count): Count {
  try {
    return count();
  } catch {
    return { passed: 0, failed: 0, skipped: [] };
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
