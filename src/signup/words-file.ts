import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import type { PackedWords } from "#src/shared/pack-words.ts";

// The file begins with the length of a description in JSON: the dictionaries' names, and the lengths
// of the arrays. They follow in the order of ARRAYS, in this machine's byte order.

const ARRAYS = {
  starts: Uint32Array,
  ranks: Uint32Array,
  letters: Uint16Array,
};
const NAMES = Object.keys(ARRAYS) as (keyof typeof ARRAYS)[];

interface Description {
  dictionaries: string[];
  lengths: number[];
}

/** Writes a file with these words. */
export function writeWords(path: string, words: PackedWords): void {
  const arrays = NAMES.map((name) => words[name]);
  const description: Description = {
    dictionaries: words.dictionaries,
    lengths: arrays.map(({ length }) => length),
  };
  const json = Buffer.from(JSON.stringify(description));
  const parts = [Uint32Array.of(json.length), json, ...arrays].map(
    ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength),
  );
  writeFileSync(path, Buffer.concat(parts));
}

/**
 * Reads the words of such a file.
 * @throws the file system's error, or a RangeError if the file is too short
 */
export function readWords(path: string | URL): PackedWords {
  const file = openSync(path, "r");
  const read = <T extends NodeJS.ArrayBufferView>(into: T): T => {
    const bytes = readSync(file, into);
    if (bytes < into.byteLength) throw new RangeError(`${path} ends too early`);
    return into;
  };
  try {
    const [size] = read(new Uint32Array(1));
    const { dictionaries, lengths } = JSON.parse(
      read(Buffer.alloc(size!)).toString(),
    ) as Description;
    const arrays = NAMES.map((name, nr) => [name, read(new ARRAYS[name](lengths[nr]!))]);
    return { dictionaries, ...Object.fromEntries(arrays) } as PackedWords;
  } finally {
    closeSync(file);
  }
}
