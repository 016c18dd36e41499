// npm run audit: the state of each sign-up, and whether anything contradicts the promise.
import { parseArgs } from "node:util";
import { loadDatabaseUrl, orExit } from "#src/platform/env.ts";
import { readOrExit, runCommand } from "#src/platform/run-command.ts";
import { audit, type Audit } from "./audit.ts";
import type { Entry } from "./read-ledger.ts";

const USAGE = `npm run audit -- [--summary] [--json]
  --summary  the counts alone, not a line for each sign-up
  --json     one line of JSON, for monitoring`;

const { summary, json } = readOrExit(readOptions, USAGE);
await runCommand("npm run audit", orExit(loadDatabaseUrl), async (db) => {
  const result = await audit(db, summary || json ? undefined : print);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else printResult(result);
  return result.contradictions.length > 0 ? 1 : 0;
});

function readOptions(): { summary: boolean; json: boolean } {
  return parseArgs({
    options: {
      summary: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  }).values;
}

function print({ userId, place, signedUpAt, contradiction }: Entry): void {
  const wrong = contradiction ? `  CONTRADICTION: ${contradiction}` : "";
  process.stdout.write(`${userId}  ${signedUpAt.toISOString()}  ${place}${wrong}\n`);
}

function printResult({ counts, oldestOwedSeconds, contradictions }: Audit): void {
  const lines = Object.entries(counts).map(([place, count]) => `  ${place.padEnd(12)}${count}`);
  process.stdout.write(`\n${lines.join("\n")}\n\n  oldest mail owed: ${oldestOwedSeconds} s\n`);
  if (contradictions.length === 0) {
    process.stdout.write("  nothing contradicts the promise\n");
    return;
  }
  process.stdout.write(`  ${contradictions.length} CONTRADICTIONS\n`);
  for (const { id, what } of contradictions) process.stdout.write(`    ${id}  ${what}\n`);
}
