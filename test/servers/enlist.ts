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
/** The production build, with all that it needs to run. */
export const STANDALONE = join(ROOT, ".next", "standalone");
const ENTRY = join(STANDALONE, "enlist.js");
/** With this the production build is run: docs/decisions/0017-a-bound-for-the-heap.md. */
export const HEAP_BOUND = "--max-old-space-size=1000";
const BUILT = [HEAP_BOUND, ENTRY];

/**
 * How to run a command of the program from the sources: by tsx, or by the bundle that tests have made of
 * them, which starts in a third of the time.
 */
export function fromSources(command: "worker" | "jobs" | "audit"): string[] {
  const bundle = process.env.ENLIST_BUNDLE;
  return bundle ? [bundle, command] : [...NODE_TS, `src/${command}/main.ts`];
}

/** `start` runs the production build, `dev` the sources. */
export type Mode = "start" | "dev";

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
const SOURCES = [
  "src",
  "migrations",
  "scripts/assemble.ts",
  "scripts/bundle.ts",
  "knexfile.ts",
  "next.config.js",
  "package-lock.json",
  "tsconfig.json",
];

/** Whether there is a production build, of whatever sources. */
export const isBuilt = (): boolean => existsSync(ENTRY);

/** Makes the production build, where there is none of these sources. Returns whether there is one now. */
export function build(onBegin: () => void): boolean {
  if (isBuilt() && newest(SOURCES) < statSync(ENTRY).mtimeMs) return true;
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

interface WorkerOptions {
  mode?: Mode;
  onLine?: (line: string) => void;
  ready?: boolean;
}

/** Starts a worker process, and waits until it handles jobs unless `ready` is false. */
export async function startWorkerProcess(
  env: ProcessEnv,
  { mode = "dev", onLine, ready = true }: WorkerOptions = {},
): Promise<Program> {
  const script = mode === "dev" ? fromSources("worker") : [...BUILT, "worker"];
  const program = start("Worker", process.execPath, script, {
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

/** Starts a web process on loopback and waits until it answers. */
export async function startWebProcess(
  mode: Mode,
  port: number,
  env: ProcessEnv,
  onLine?: (line: string) => void,
): Promise<Web> {
  const script = mode === "dev" ? [...NODE_TS, "src/web/main.ts"] : [...BUILT, "web"];
  const program = start("Web", process.execPath, script, {
    cwd: ROOT,
    env: {
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: undefined,
      // Whoever tries it is at example.com, which takes no mail.
      CHECK_MAIL_DOMAINS: process.env.CHECK_MAIL_DOMAINS || "reserved",
      ...env,
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
    },
    ...(onLine ? { onLine } : {}),
  });
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
