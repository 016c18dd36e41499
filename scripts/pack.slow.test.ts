import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { createDatabase, withClient } from "#test/servers/postgres.ts";
import { ROOT } from "#test/servers/folder.ts";

/** The packages that the README's example needs, in the tested versions. */
const PEERS = ["bullmq", "ioredis", "pg", "zod"];

/** Maximum milliseconds per program, including the registry's answers. */
const PATIENCE = 120_000;
vi.setConfig({ testTimeout: PATIENCE });

const folder = mkdtempSync(join(tmpdir(), "enlist-pack-"));
const app = join(folder, "app");
const { dependencies, devDependencies } = read(join(ROOT, "package.json"));
const versionOf = (name: string) => `${name}@${dependencies[name] ?? devDependencies[name]}`;
let tarball: string;

beforeAll(async () => {
  const pack = ["npm", "run", "--silent", "pack", "--", join(folder, "pack")];
  tarball = (await run(ROOT, pack)).trim();
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const types = ["@types/node", "@types/pg"];
  const packages = [tarball, ...[...PEERS, ...types].map(versionOf)];
  const quietly = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run(app, ["npm", "install", ...quietly, ...packages]);
}, 2 * PATIENCE);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The README's first program, verbatim. */
const example = /```ts\n(.*?)```/s.exec(
  readFileSync(join(ROOT, "src/tx-jobs/README.md"), "utf8"),
)![1]!;

it("holds what the library is made of, and nothing else", async () => {
  const paths = (await run(folder, ["tar", "tzf", tarball])).trim().split("\n");
  const others = paths.filter((path) => !/^package\/dist\/[\w/-]+(\.js|\.d\.ts)$/.test(path));
  expect(others.toSorted()).toEqual([
    "package/LICENSE",
    "package/README.md",
    "package/package.json",
  ]);
  expect(paths).toContain("package/dist/index.d.ts");
  const dependsOn = read(join(app, "node_modules/@enlist/tx-jobs/package.json"));
  expect(Object.keys(dependsOn)).not.toContain("dependencies");
  expect(Object.keys(dependsOn.peerDependencies!)).toEqual(["bullmq", "ioredis"]);
});

it("runs the README's example in an empty folder", async () => {
  const name = "tx_jobs_example";
  const server = inject("postgresUrl");
  await createDatabase(server, name);
  const url = server.replace(/postgres$/, name);
  writeFileSync(join(app, "example.mjs"), example);
  const env = { DATABASE_URL: url, REDIS_URL: `${inject("redisUrl")}/5` };
  expect(await run(app, [process.execPath, "example.mjs"], env)).toBe("Welcome, user 1!\n");
  const { rows } = await withClient(url, (client) =>
    client.query("select name, takes, outcome from tx_jobs"),
  );
  expect(rows).toEqual([{ name: "greet", takes: 1, outcome: "done" }]);
});

it("has types that a strict compiler takes, those of its peers included", async () => {
  writeFileSync(join(app, "example.ts"), example);
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  await run(app, [process.execPath, tsc, ...options, "--types", "node", "example.ts"]);
});

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

function read(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Returns the program's standard output. @throws with all its output if it fails */
async function run(
  cwd: string,
  [command, ...args]: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: PATIENCE };
  try {
    return (await promisify(execFile)(command!, args, options)).stdout;
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  }
}
