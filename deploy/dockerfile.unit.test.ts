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

test("the Dockerfile has no mistake that a linter knows", () => {
  expect(validate(text)).toEqual([]);
});

test("every stage is based on an image of a version that is named, and the same one", () => {
  const images = file.getFROMs().map((from) => from.getImage());
  expect(new Set(images)).toEqual(new Set(["node:24-bookworm-slim"]));
});

test("nothing but the build's output gets into the image", () => {
  const [, final] = file.getFROMs();
  const after = file
    .getCOPYs()
    .filter((copy) => copy.getRange().start.line > final!.getRange().start.line);
  expect(after.map((copy) => copy.getTextContent())).toEqual([
    "COPY --from=build /app/.next/standalone ./",
  ]);
});

test("it runs as a user that Kubernetes can tell from root, and without a shell before node", () => {
  expect(last("USER")).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(JSON.parse(last("ENTRYPOINT"))).toEqual(["node", "enlist.js"]);
  expect(JSON.parse(last("CMD"))).toEqual(["web"]);
});

test("the build context is what is named, and no secret", () => {
  const lines = read(".dockerignore")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  expect(lines[0]).toBe("*");
  expect(lines.filter((line) => /^!.*(env|secret|\.git)/.test(line))).toEqual([]);
});
