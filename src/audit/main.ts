// npm run audit: the state of each sign-up, and whether anything contradicts the promise.
import { parseArgs } from "node:util";
import { loadDatabaseUrl, orExit } from "#src/platform/env.ts";
import { createDb, isDatabaseUnavailable } from "#src/platform/db.ts";
import { audit, type Audit } from "./audit.ts";
import type { Entry } from "./read-ledger.ts";

const USAGE = `npm run audit -- [--summary] [--json]
  --summary  the counts alone, not a line for each sign-up
  --json     one line of JSON, for monitoring`;

const options = readOptions();
const db = createDb({ url: orExit(loadDatabaseUrl), pool: 1 });
try {
  const result = await audit(db, options.summary || options.json ? undefined : print);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else printResult(result);
  process.exitCode = result.contradictions.length > 0 ? 1 : 0;
} catch (error) {
  const words = isDatabaseUnavailable(error) ? "PostgreSQL cannot be reached." : String(error);
  process.stderr.write(`npm run audit: ${words.replace(/^Error: /, "")}\n`);
  process.exitCode = 2;
} finally {
  await db.destroy();
}

function readOptions(): { summary: boolean; json: boolean } {
  try {
    return parseArgs({
      options: {
        summary: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
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
