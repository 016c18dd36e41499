import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { packWords } from "#src/shared/pack-words.ts";
import { readWords, writeWords } from "./words-file.ts";

const folder = mkdtempSync(join(tmpdir(), "enlist-words-"));
const path = join(folder, "words.bin");
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ["no words", {}],
  [
    "words of any script",
    { "passwords-own": ["geheim", "пароль", "パスワード"], ä: ["🙂🙂", "secret"] },
  ],
])("a file holds %s", (_, dictionaries: Record<string, string[]>) => {
  const words = packWords(dictionaries);
  writeWords(path, words);
  expect(readWords(path)).toEqual(words);
});

it("a file that was cut off is refused", () => {
  writeWords(path, packWords({ few: ["secret"] }));
  writeFileSync(path, readFileSync(path).subarray(0, -1));
  expect(() => readWords(path)).toThrow(/words\.bin ends too early/);
});
