import { dirname, join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { read } from "./read.ts";

const text = read("Dockerfile");
const file = DockerfileParser.parse(text);
const words = (instruction: { getArgumentsContent(): string | null } | undefined) =>
  instruction?.getArgumentsContent() ?? "";
/** The last instruction of this name, which is the one that counts in the image. */
const last = (keyword: string) =>
  words(file.getInstructions().findLast((i) => i.getKeyword() === keyword));

test("the Dockerfile passes the linter", () => {
  expect(validate(text)).toEqual([]);
});

test("every stage is based on the same image of a fixed version", () => {
  const images = file.getFROMs().map((from) => from.getImage());
  expect(new Set(images)).toEqual(new Set(["node:24-bookworm-slim"]));
});

test("only the build's output gets into the image", () => {
  const [, final] = file.getFROMs();
  const after = file
    .getCOPYs()
    .filter((copy) => copy.getRange().start.line > final!.getRange().start.line);
  expect(after.map((copy) => copy.getTextContent())).toEqual([
    "COPY --from=build /app/.next/standalone ./",
  ]);
});

test("the image runs as a numeric user that is not root, and starts node without a shell", () => {
  expect(last("USER")).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(JSON.parse(last("ENTRYPOINT"))).toEqual(["node", "enlist.js"]);
  expect(JSON.parse(last("CMD"))).toEqual(["web"]);
});

test("the image is built from the brand too", () => {
  expect(read(".dockerignore").split("\n")).toContain("!enlist.config.ts");
});

const context = read(".dockerignore")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"));

test("the build context is an allow list without secrets", () => {
  expect(context[0]).toBe("*");
  expect(context.filter((line) => /^!.*(env|secret|\.git)/.test(line))).toEqual([]);
});

/** This script and all our files that it imports. */
function withImports(path: string): string[] {
  const imports = read(path).matchAll(/from "(\.[^"]+)"/g);
  return [path, ...Array.from(imports, ([, to]) => join(dirname(path), to!)).flatMap(withImports)];
}

// Next checks the types of every file in the context: an extra script fails for want of its imports.
test("the build context holds only the scripts that the build runs", () => {
  const { prebuild, build } = JSON.parse(read("package.json")).scripts;
  const run = `${prebuild} ${build}`.match(/scripts\/\S+/g)!.flatMap(withImports);
  const named = context.filter((line) => line.startsWith("!scripts"));
  expect(named.map((line) => line.slice(1)).toSorted()).toEqual(run.toSorted());
});
