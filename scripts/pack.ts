// npm run pack: builds the npm package of src/tx-jobs, and prints the path of its tarball. The
// optional argument is the output folder; .enlist/pack by default.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "#test/servers/folder.ts";

const SOURCE = join(ROOT, "src", "tx-jobs");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

/** The package must compile by itself, without options from the project's tsconfig.json. */
const COMPILER_OPTIONS = [
  ...["--ignoreConfig", "--strict", "--skipLibCheck", "--noUncheckedIndexedAccess"],
  ...["--module", "nodenext", "--target", "es2023", "--types", "node"],
  ...["--declaration", "--rewriteRelativeImportExtensions", "--rootDir", SOURCE],
];

const folder = resolve(process.argv[2] ?? join(ROOT, ".enlist", "pack"));
const dist = join(folder, "dist");

try {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  run(
    process.execPath,
    [TSC, ...COMPILER_OPTIONS, "--outDir", dist, join(SOURCE, "index.ts")],
    ROOT,
  );
  copyFileSync(join(SOURCE, "package.json"), join(folder, "package.json"));
  copyFileSync(join(SOURCE, "README.md"), join(folder, "README.md"));
  copyFileSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  const tarball = run("npm", ["pack", "--silent"], folder).trim().split("\n").at(-1)!;
  process.stdout.write(`${join(folder, tarball)}\n`);
} catch (error) {
  process.stderr.write(`pack: ${(error as Error).message}\n`);
  process.exit(1);
}

/** Returns the program's standard output. @throws with all its output if it fails */
function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(error?.message ?? `${stdout}${stderr}`);
}
