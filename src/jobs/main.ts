// npm run jobs: lists the jobs of the table tx_jobs, and has those that failed tried again.
import { parseArgs } from "node:util";
import { loadDatabaseUrl, orExit } from "#src/platform/env.ts";
import { createDb, isDatabaseAway } from "#src/platform/db.ts";
import {
  fromKnex,
  listJobs,
  retryJobs,
  type JobRecord,
  type JobState,
} from "#src/tx-jobs/index.ts";

const USAGE = `npm run jobs -- list [--state STATE] [--name NAME] [--limit N] [--json]
npm run jobs -- retry ID … | --name NAME
  list     the jobs of one state: failed (by default), waiting, running, retrying, done
  --limit  how many at most (100)
  --json   one JSON object per line
  retry    has these jobs, or all failed ones of a name, tried again from the first attempt on`;

const STATES: readonly string[] = ["failed", "waiting", "running", "retrying", "done"];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const command = readCommand();
const db = createDb({ url: orExit(loadDatabaseUrl), pool: 1 });
try {
  await command();
} catch (error) {
  const words = isDatabaseAway(error) ? "PostgreSQL cannot be reached." : String(error);
  process.stderr.write(`npm run jobs: ${words.replace(/^Error: /, "")}\n`);
  process.exitCode = 2;
} finally {
  await db.destroy();
}

function readCommand(): () => Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        state: { type: "string" },
        name: { type: "string" },
        limit: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [verb, ...ids] = positionals;
    if (verb === "list" && ids.length === 0) return readList(values);
    if (verb !== "retry") throw new Error("say list or retry.");
    if (ids.length > 0 === (values.name !== undefined))
      throw new Error("retry takes ids, or --name.");
    const wrong = ids.find((id) => !UUID.test(id));
    if (wrong !== undefined) throw new Error(`"${wrong}" is no id of a job.`);
    return () => retry(values.name === undefined ? { ids } : { name: values.name });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}

interface ListOptions {
  state?: string | undefined;
  name?: string | undefined;
  limit?: string | undefined;
  json?: boolean | undefined;
}

function readList({ state = "failed", name, limit = "100", json = false }: ListOptions) {
  if (!STATES.includes(state)) throw new Error(`--state is one of ${STATES.join(", ")}.`);
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > 100_000) {
    throw new Error("--limit takes a whole number, 1 to 100000.");
  }
  const filter = { state: state as JobState, limit: most, ...(name === undefined ? {} : { name }) };
  return async () => {
    const jobs = await listJobs(fromKnex(db), filter);
    for (const job of jobs) process.stdout.write(`${json ? JSON.stringify(job) : toLine(job)}\n`);
    if (!json && jobs.length === 0)
      process.stdout.write(state === "failed" ? "no job has failed\n" : `no job is ${state}\n`);
  };
}

function toLine({ id, name, state, attempts, maxAttempts, createdAt, error }: JobRecord): string {
  const tried = `${attempts} of ${maxAttempts} attempts`;
  return [id, createdAt.toISOString(), name, state, tried, error ?? ""].join("  ").trimEnd();
}

async function retry(which: { ids: string[] } | { name: string }): Promise<void> {
  const retried = await retryJobs(fromKnex(db), which);
  for (const id of retried) process.stdout.write(`${id}  will be tried again\n`);
  const left = "ids" in which ? which.ids.filter((id) => !retried.includes(id.toLowerCase())) : [];
  for (const id of left) process.stderr.write(`${id}  is not there, done, or running\n`);
  if (retried.length === 0 && left.length === 0) process.stdout.write("no job has failed\n");
  if (left.length > 0) process.exitCode = 1;
}
