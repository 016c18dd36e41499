import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
};

/** An image of the brand. Only a build reads it, because its pages contain it. */
export function readImage(file: string): { type: string; bytes: Buffer<ArrayBuffer> } {
  const type = TYPES[extname(file).toLowerCase()]!;
  return { type, bytes: readFileSync(join(/* turbopackIgnore: true */ process.cwd(), file)) };
}
