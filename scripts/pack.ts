// npm run pack: builds the npm packages of src/tx-jobs and src/api-client, and prints the path of
// each tarball on a line. The optional argument is the output folder; .enlist/pack by default.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "#test/servers/folder.ts";

const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");

/** A package must compile by itself, without options from the project's tsconfig.json. */
const COMPILER_OPTIONS = [
  ...["--ignoreConfig", "--strict", "--skipLibCheck", "--noUncheckedIndexedAccess"],
  ...["--module", "nodenext", "--target", "es2023"],
  ...["--declaration", "--rewriteRelativeImportExtensions", "--noEmitOnError"],
];

/** The folders in src, and the compiler's options for what each runs on. */
const PACKAGES: [name: string, options: string[]][] = [
  ["tx-jobs", ["--types", "node"]],
  ["api-client", ["--types", "", "--lib", "es2023,dom,dom.iterable"]],
];

const [given, ...more] = process.argv.slice(2);
if (given?.startsWith("-") || more.length > 0) {
  process.stderr.write("npm run pack -- [FOLDER]\n");
  process.exit(2);
}
const folder = resolve(given ?? join(ROOT, ".enlist", "pack"));

try {
  for (const [name, options] of PACKAGES) process.stdout.write(`${pack(name, options)}\n`);
} catch (error) {
  process.stderr.write(`pack: ${(error as Error).message}\n`);
  process.exit(1);
}

/** Builds one package. Returns the path of its tarball. */
function pack(name: string, options: string[]): string {
  const source = join(ROOT, "src", name);
  const built = join(folder, name);
  const dist = join(built, "dist");
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const input = ["--rootDir", source, "--outDir", dist, join(source, "index.ts")];
  run(process.execPath, [TSC, ...COMPILER_OPTIONS, ...options, ...input], ROOT);
  for (const file of ["package.json", "README.md"]) {
    copyFileSync(join(source, file), join(built, file));
  }
  copyFileSync(join(ROOT, "LICENSE"), join(built, "LICENSE"));
  const output = run("npm", ["pack", "--silent", "--pack-destination", folder], built);
  return join(folder, output.trim().split("\n").at(-1)!);
}

/** Returns the program's standard output. @throws with all its output if it fails */
function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(error?.message ?? `${stdout}${stderr}`);
}
