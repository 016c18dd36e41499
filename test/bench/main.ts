// npm run bench: how close Enlist is to what the machine can do, and how it compares with others.
import { fork } from "node:child_process";
import { openSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, type ProcessEnv } from "../servers/enlist.ts";
import { describeMachine, write, type Results } from "./results.ts";
import type { Line } from "./row.ts";
import { ROW_NAMES, ROWS, type RowName } from "./rows.ts";
import { freshEnv, startStage } from "./stage.ts";
import { table } from "./table.ts";

const USAGE = `npm run bench -- [--only ROW,…] [--signups N] [--json] [--write]
  --only     these rows alone: ${ROW_NAMES.join(", ")}
  --signups  how many the row memory makes (5000); 100000 take half an hour
  --json     one JSON object on standard output instead of the table
  --write    also puts the table and the chart into docs/`;

/** Milliseconds after which a row is given up, where it makes no sign-ups of a number. */
const PATIENCE = 240_000;

const options = readOptions();
const began = Date.now();
const load = loadavg()[0]!;
if (load > 0.5)
  say("", `this machine has a load of ${load.toFixed(1)}: the figures will tell of that`);
if (!build(() => say("", "building the pages …"))) process.exit(1);
const stage = await startStage();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stage.stop().then(() => process.exit(130)));
}
try {
  const results: Results = { machine: describeMachine(), rows: {} };
  for (const name of options.rows) {
    try {
      results.rows[name] = await measure(name);
    } catch (error) {
      say(name, (error as Error).message);
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
  const row = fork(new URL("run-row.ts", import.meta.url), [ROWS[name], String(options.signups)], {
    // So that bare hashing has all cores; by itself libuv has four threads.
    env: { ...process.env, UV_THREADPOOL_SIZE: String(Math.max(4, cpus().length)), ...env },
    stdio: ["ignore", log, "inherit", "ipc"],
  });
  const limit = setTimeout(() => row.kill(), PATIENCE + 100 * options.signups);
  return new Promise((resolve, reject) => {
    row.on("message", (message: { say?: string; lines?: Line[]; failure?: string }) => {
      if (message.say) say(name, message.say);
      if (message.lines) resolve(message.lines);
      if (message.failure) reject(new Error(message.failure));
    });
    row.once("exit", (code, signal) => {
      clearTimeout(limit);
      reject(new Error(signal ? "took far too long" : `ended with code ${code}`));
    });
  });
}

function say(row: string, text: string): void {
  const seconds = Math.round((Date.now() - began) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  process.stderr.write(`${clock.padStart(6)}  ${row.padEnd(13)}${text}\n`);
}

function readOptions(): { rows: RowName[]; signups: number; json: boolean; write: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string", default: ROW_NAMES.join() },
        signups: { type: "string", default: "5000" },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    });
    const rows = values.only.split(",");
    const unknown = rows.find((row) => !(row in ROWS));
    if (unknown !== undefined) throw new Error(`--only: there is no row "${unknown}".`);
    const signups = Number(values.signups);
    if (!Number.isInteger(signups) || signups < 1000) {
      throw new Error("--signups takes a whole number from 1000 on.");
    }
    return { rows: rows as RowName[], signups, json: values.json, write: values.write };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(2);
  }
}
