// npm run jobs: lists the jobs in the table tx_jobs, and retries failed ones.
import type { Knex } from "knex";
import { loadDatabaseUrl, orExit } from "#src/platform/env.ts";
import { readOrExit, runCommand } from "#src/platform/run-command.ts";
import { fromKnex, listJobs, retryJobs, type JobRecord } from "#src/tx-jobs/index.ts";
import { readCommand, USAGE, type Command } from "./read-command.ts";

const command = readOrExit(() => readCommand(process.argv.slice(2)), USAGE);
await runCommand("npm run jobs", orExit(loadDatabaseUrl), (db) =>
  command.verb === "list" ? list(db, command) : retry(db, command),
);

async function list(db: Knex, { filter, json }: Command & { verb: "list" }): Promise<number> {
  const jobs = await listJobs(fromKnex(db), filter);
  for (const job of jobs) process.stdout.write(`${json ? JSON.stringify(job) : toLine(job)}\n`);
  const { state } = filter;
  if (!json && jobs.length === 0)
    process.stdout.write(state === "failed" ? "no job has failed\n" : `no job is ${state}\n`);
  return 0;
}

function toLine({ id, name, state, attempts, maxAttempts, createdAt, error }: JobRecord): string {
  const tried = `${attempts} of ${maxAttempts} attempts`;
  return [id, createdAt.toISOString(), name, state, tried, error ?? ""].join("  ").trimEnd();
}

/** Returns the exit code: 1 if one of the jobs could not be retried. */
async function retry(db: Knex, { which }: Command & { verb: "retry" }): Promise<number> {
  const retried = await retryJobs(fromKnex(db), which);
  for (const id of retried) process.stdout.write(`${id}  will be tried again\n`);
  const left = "ids" in which ? which.ids.filter((id) => !retried.includes(id.toLowerCase())) : [];
  for (const id of left) process.stderr.write(`${id}  is not there, done, or running\n`);
  if (retried.length === 0 && left.length === 0) process.stdout.write("no job has failed\n");
  return left.length > 0 ? 1 : 0;
}
