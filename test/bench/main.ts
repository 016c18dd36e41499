// npm run bench: how close Enlist is to what the machine can do, and how it compares with others.
import { fork } from "node:child_process";
import { openSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { build } from "../system/build.ts";
import type { ProcessEnv } from "../system/environment.ts";
import { flag, number, readOptions, some } from "../system/read-options.ts";
import { say } from "../system/say.ts";
import { stopOnSignal } from "../system/stop-on-signal.ts";
import { NEWER_NODE } from "./newer-node.ts";
import { describeMachine, write, type Results } from "./results.ts";
import type { Line } from "./row.ts";
import { ON_NEWER_NODE, ROW_NAMES, ROWS, type RowName } from "./rows.ts";
import { freshEnv, startStage } from "./stage.ts";
import { table } from "./table.ts";

const USAGE = `npm run bench -- [--only ROW,…] [--signups N] [--json] [--write]
  --only     these rows alone: ${ROW_NAMES.join(", ")}
  --signups  how many the row memory makes (5000); 100000 take half an hour
  --json     one JSON object on standard output instead of the table
  --write    also puts the table and the chart into docs/`;

/** Milliseconds after which a row is given up, where it makes no sign-ups of a number. */
const PATIENCE = 240_000;

const options = readOptions(USAGE, {
  only: some(ROW_NAMES),
  signups: number(5000, { from: 1000, to: 1_000_000, step: 1 }),
  json: flag(),
  write: flag(),
});
const load = loadavg()[0]!;
if (load > 0.5)
  tell("", `this machine has a load of ${load.toFixed(1)}: the figures will tell of that`);
if (!build(() => tell("", "building the pages …"))) process.exit(1);
const stage = await startStage();
stopOnSignal(() => stage.stop());
try {
  const results: Results = { machine: describeMachine(), rows: {} };
  for (const name of options.only) {
    try {
      results.rows[name] = await measure(name);
    } catch (error) {
      tell(name, (error as Error).message);
      process.exitCode = 1; // The others are measured all the same.
    }
  }
  if (options.write) write(results);
  process.stdout.write(
    options.json ? `${JSON.stringify(results)}\n` : `\n${table(results.rows)}\n`,
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await stage.stop();
}

/** Measures a row in a process of its own, whose log goes to a file, as a log does. */
async function measure(name: RowName): Promise<Line[]> {
  const env: ProcessEnv = await freshEnv(stage.env);
  const log = openSync(join(stage.folder, `${name}.log`), "w");
  const args = [ROWS[name], String(options.signups), JSON.stringify(stage.servers)];
  const row = fork(new URL("run-row.ts", import.meta.url), args, {
    // So that bare hashing has all cores; by itself libuv has four threads.
    env: { ...process.env, UV_THREADPOOL_SIZE: String(Math.max(4, cpus().length)), ...env },
    stdio: ["ignore", log, "inherit", "ipc"],
    ...(ON_NEWER_NODE.includes(name) ? { execPath: NEWER_NODE } : {}),
  });
  const limit = setTimeout(() => row.kill(), PATIENCE + 100 * options.signups);
  return new Promise((resolve, reject) => {
    row.on("message", (message: { say?: string; lines?: Line[]; failure?: string }) => {
      if (message.say) tell(name, message.say);
      if (message.lines) resolve(message.lines);
      if (message.failure) reject(new Error(message.failure));
    });
    row.once("exit", (code, signal) => {
      clearTimeout(limit);
      reject(new Error(signal ? "took far too long" : `ended with code ${code}`));
    });
  });
}

function tell(row: string, text: string): void {
  say(`${row.padEnd(13)}${text}`, process.stderr);
}
