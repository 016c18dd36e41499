import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findExecutable } from "#test/servers/find-executable.mjs";
import { ROOT, temporaryFolder } from "#test/servers/folder.ts";

const copy = temporaryFolder("enlist-adopter");
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function run(command: string, args: string[], cwd = copy) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ENLIST_BUNDLE: "" };
  return spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 50_000_000 });
}

it.skipIf(!findExecutable(["git"]))(
  "a copy with an adopter's own enlist.config.ts builds, and its pages hold what it says",
  () => {
    const { stdout } = run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], ROOT);
    for (const file of stdout.trim().split("\n")) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      copyFileSync(join(ROOT, file), join(copy, file));
    }
    // Turbopack follows no link out of the project.
    cpSync(join(ROOT, "node_modules"), join(copy, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    copyFileSync(join(copy, "e2e/adopter/enlist.config.ts"), join(copy, "enlist.config.ts"));
    const build = run("npm", ["run", "build"]);
    expect(build.status, build.stdout + build.stderr).toBe(0);
    const config = ["--config", "e2e/adopter/playwright.config.ts"];
    const tests = run("npx", ["playwright", "test", ...config]);
    expect(tests.status, tests.stdout + tests.stderr).toBe(0);
    expect(tests.stdout).toMatch(/5 passed/);
  },
);
