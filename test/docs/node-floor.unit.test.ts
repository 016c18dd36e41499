import { readFileSync } from "node:fs";
import { minVersion, satisfies } from "semver";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const readEngines = (path: string): string => JSON.parse(read(path)).engines.node;

const range = readEngines("package.json");
const floor = minVersion(range)!.version;

it("no dependency needs a newer Node than the oldest that the project names", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { version: string; engines?: { node?: string } }>;
  };
  const tooNew = Object.entries(packages).flatMap(([path, { version, engines }]) =>
    satisfies(floor, engines?.node ?? "*") ? [] : [`${path} ${version} asks for ${engines!.node}`],
  );
  expect(tooNew).toEqual([]);
});

it("every place names the same oldest Node", () => {
  const short = floor.replace(/\.0$/, "");
  expect(readEngines("src/tx-jobs/package.json")).toBe(range);
  expect(readEngines("src/api-client/package.json")).toBe(range);
  expect(read("README.md")).toContain(`Node ${short} or newer`);
  expect(read("docs/deploy.md")).toContain(`Node ${short} or newer`);
  expect(read("src/api-client/README.md")).toContain(`Node ${short} or newer`);
  expect(read("src/tx-jobs/README.md")).toContain(`Node ${short},`);
  expect(read("scripts/setup.mjs")).toContain(`needs ${short} or newer`);
  expect(read("scripts/bundle.ts")).toContain(`"node${short}"`);
});
