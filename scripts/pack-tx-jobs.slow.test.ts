import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it, vi } from "vitest";
import {
  installPackage,
  notCompiled,
  PATIENCE,
  readExample,
  readManifest,
  run,
  TSC,
} from "#test/fixtures/install-package.ts";
import { createDatabase, withClient } from "#test/servers/postgres.ts";

vi.setConfig({ testTimeout: PATIENCE });

// What the README's example needs.
const peers = ["bullmq", "ioredis", "pg", "zod"];
const installed = installPackage("enlist-tx-jobs", [...peers, "@types/node", "@types/pg"]);
const { app } = installed;
const example = readExample("src/tx-jobs");

it("contains the library and nothing else", () => {
  expect(notCompiled(installed.paths)).toEqual([
    "package/LICENSE",
    "package/README.md",
    "package/package.json",
  ]);
  expect(installed.paths).toContain("package/dist/index.d.ts");
  const dependsOn = readManifest(join(app, "node_modules/@enlist/tx-jobs"));
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

it("has types that pass a strict compiler, with those of its peers", async () => {
  writeFileSync(join(app, "example.ts"), example);
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  await run(app, [process.execPath, TSC, ...options, "--types", "node", "example.ts"]);
});
