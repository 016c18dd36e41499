// npm run audit: where each sign-up stands, and whether anything contradicts the promise.
import { parseArgs } from "node:util";
import { loadEnv, orExit } from "#src/env.ts";
import { createDb, isDatabaseAway } from "#src/server/db.ts";
import { openQueues } from "#src/server/jobs/open-queues.ts";
import { verifyEmail } from "#src/server/jobs/registry.ts";
import { createLog } from "#src/server/log.ts";
import { connectProducer } from "#src/server/redis.ts";
import { audit, type Audit } from "./audit.ts";
import type { Entry } from "./read-ledger.ts";

const USAGE = `npm run audit -- [--summary] [--json] [--wait SECONDS]
  --summary  the counts alone, not a line for each sign-up
  --json     one line of JSON, for monitoring
  --wait     how long jobs that are missing may take to be put back (60)`;

const options = readOptions();
const env = orExit(loadEnv);
const redis = connectProducer(env.REDIS_URL, 10_000, createLog("audit", "silent"));
const db = createDb({ url: env.DATABASE_URL, pool: 4 });
try {
  await new Promise((resolve, reject) => {
    redis.once("ready", resolve);
    setTimeout(() => reject(new Error("Redis cannot be reached.")), 5000).unref();
  });
  const queue = openQueues(redis, env.REDIS_PREFIX)[verifyEmail.queue];
  const result = await audit(
    { db, queue },
    {
      waitSeconds: options.wait,
      ...(options.summary || options.json ? {} : { onEntry: print }),
      onWait: (missing) =>
        process.stderr.write(
          `${missing} owed mails have no job; waiting up to ${options.wait} s for the worker to put them back …\n`,
        ),
    },
  );
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else printResult(result);
  process.exitCode = result.contradictions.length > 0 ? 1 : 0;
} catch (error) {
  const words = isDatabaseAway(error) ? "PostgreSQL cannot be reached." : String(error);
  process.stderr.write(`npm run audit: ${words.replace(/^Error: /, "")}\n`);
  process.exitCode = 2;
} finally {
  redis.disconnect();
  await db.destroy();
}

function readOptions(): { summary: boolean; json: boolean; wait: number } {
  try {
    const { values } = parseArgs({
      options: {
        summary: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        wait: { type: "string", default: "60" },
      },
    });
    const wait = Number(values.wait);
    if (!(wait >= 0 && wait <= 3600)) throw new Error("--wait takes seconds, from 0 to 3600.");
    return { ...values, wait };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}

function print({ userId, place, signedUpAt, contradiction }: Entry): void {
  const wrong = contradiction ? `  CONTRADICTION: ${contradiction}` : "";
  process.stdout.write(`${userId}  ${signedUpAt.toISOString()}  ${place}${wrong}\n`);
}

function printResult({ counts, oldestOwedSeconds, ghosts, contradictions }: Audit): void {
  const lines = Object.entries(counts).map(([place, count]) => `  ${place.padEnd(12)}${count}`);
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
  process.stdout.write(
    `  oldest mail owed: ${oldestOwedSeconds} s; ghosts to discard: ${ghosts}\n`,
  );
  if (contradictions.length === 0) {
    process.stdout.write("  nothing contradicts the promise\n");
    return;
  }
  process.stdout.write(`  ${contradictions.length} CONTRADICTIONS\n`);
  for (const { id, what } of contradictions) process.stdout.write(`    ${id}  ${what}\n`);
}
