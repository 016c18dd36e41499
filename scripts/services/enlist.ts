import { spawnSync, type StdioOptions } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folder.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

/** What web, worker and migrations get from their environment. */
export type ProcessEnv = Record<string, string>;

const NODE_TS = ["--import", "tsx"];
const KNEX = ["node_modules/knex/bin/cli.js"];
export const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

/** Brings the database to the newest schema. Returns what the migrations said. */
export function migrate(databaseUrl: string, direction: "latest" | "rollback" = "latest"): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...NODE_TS, ...KNEX, `migrate:${direction}`, ...(direction === "rollback" ? ["--all"] : [])],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, DATABASE_URL: databaseUrl } },
  );
  if (status !== 0) throw new Error(`the migrations failed:\n${stdout}${stderr}`);
  return stdout.trim();
}

/** What the production build is made of. */
const SOURCES = ["src", "next.config.js", "package-lock.json", "tsconfig.json"];

/** Makes the production build, where there is none of these sources. Returns whether there is one now. */
export function build(onBegin: () => void): boolean {
  const built = join(ROOT, ".next", "BUILD_ID");
  if (existsSync(built) && newest(SOURCES) < statSync(built).mtimeMs) return true;
  onBegin();
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const options = { cwd: ROOT, env, stdio: ["ignore", 2, 2] satisfies StdioOptions };
  return spawnSync("npm", ["run", "--silent", "build"], options).status === 0;
}

/** When the newest of these files, or of those in these folders, was written. */
function newest(paths: string[]): number {
  const times = paths.map((path) => {
    const stats = statSync(join(ROOT, path));
    if (!stats.isDirectory()) return stats.mtimeMs;
    return newest(readdirSync(join(ROOT, path)).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

/** Starts a worker process, and waits until it handles jobs unless `ready` is false. */
export async function startWorker(
  env: ProcessEnv,
  { onLine, ready = true }: { onLine?: (line: string) => void; ready?: boolean } = {},
): Promise<Program> {
  const program = start("Worker", process.execPath, [...NODE_TS, "src/worker/main.ts"], {
    cwd: ROOT,
    env,
    ...(onLine ? { onLine } : {}),
  });
  if (ready) await program.said(/worker ready/);
  return program;
}

export interface Web {
  program: Program;
  url: string;
}

/**
 * Starts a web process on loopback and waits until it answers.
 * @param mode `start` serves the production build, `dev` compiles as it goes
 */
export async function startWeb(
  mode: "start" | "dev",
  port: number,
  env: ProcessEnv,
  onLine?: (line: string) => void,
): Promise<Web> {
  const program = start(
    "Web",
    process.execPath,
    [NEXT, mode, "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: ROOT,
      env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: undefined, ...env },
      ...(onLine ? { onLine } : {}),
    },
  );
  const url = `http://localhost:${port}`;
  const died = program.ended.then((how) => {
    throw new Error(`the web process ${how}\n${program.lastLines()}`);
  });
  await Promise.race([
    waitFor("the page to answer", async () => (await fetch(`${url}/signup`)).ok, 120_000),
    died,
  ]);
  return { program, url };
}
