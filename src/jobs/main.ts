// npm run jobs: lists the jobs in the table tx_jobs, and retries failed ones.
import { loadDatabaseUrl, orExit } from "#src/platform/env.ts";
import { createDb, isDatabaseUnavailable } from "#src/platform/db.ts";
import { fromKnex, listJobs, retryJobs, type JobRecord } from "#src/tx-jobs/index.ts";
import { readCommand, USAGE, type Command } from "./read-command.ts";

const command = commandOrExit();
const db = createDb({ url: orExit(loadDatabaseUrl), pool: 1 });
try {
  await (command.verb === "list" ? list(command) : retry(command));
} catch (error) {
  const words = isDatabaseUnavailable(error) ? "PostgreSQL cannot be reached." : String(error);
  process.stderr.write(`npm run jobs: ${words.replace(/^Error: /, "")}\n`);
  process.exitCode = 2;
} finally {
  await db.destroy();
}

function commandOrExit(): Command {
  try {
    return readCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}

async function list({ filter, json }: Command & { verb: "list" }): Promise<void> {
  const jobs = await listJobs(fromKnex(db), filter);
  for (const job of jobs) process.stdout.write(`${json ? JSON.stringify(job) : toLine(job)}\n`);
  const { state } = filter;
  if (!json && jobs.length === 0)
    process.stdout.write(state === "failed" ? "no job has failed\n" : `no job is ${state}\n`);
}

function toLine({ id, name, state, attempts, maxAttempts, createdAt, error }: JobRecord): string {
  const tried = `${attempts} of ${maxAttempts} attempts`;
  return [id, createdAt.toISOString(), name, state, tried, error ?? ""].join("  ").trimEnd();
}

async function retry({ which }: Command & { verb: "retry" }): Promise<void> {
  const retried = await retryJobs(fromKnex(db), which);
  for (const id of retried) process.stdout.write(`${id}  will be tried again\n`);
  const left = "ids" in which ? which.ids.filter((id) => !retried.includes(id.toLowerCase())) : [];
  for (const id of left) process.stderr.write(`${id}  is not there, done, or running\n`);
  if (retried.length === 0 && left.length === 0) process.stdout.write("no job has failed\n");
  if (left.length > 0) process.exitCode = 1;
}
