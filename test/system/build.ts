import { spawnSync, type StdioOptions } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../servers/folder.ts";

/** The production build, with all that it needs to run. */
export const STANDALONE = join(ROOT, ".next", "standalone");
/** The program of the production build. */
export const ENTRY = join(STANDALONE, "enlist.js");

/** What the production build is made of. */
const SOURCES = [
  "src",
  "migrations",
  "scripts/assemble.ts",
  "scripts/bundle.ts",
  "enlist.config.ts",
  "knexfile.ts",
  "next.config.js",
  "package-lock.json",
  "tsconfig.json",
];

/** Whether there is a production build, of any sources. */
export const isBuilt = (): boolean => existsSync(ENTRY);

/** Makes the production build unless there is one of these sources. Returns whether there is one now. */
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
