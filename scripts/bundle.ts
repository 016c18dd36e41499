import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { packWords } from "#src/shared/pack-words.ts";
import { ALL_WORDS } from "#src/signup/dictionaries.ts";
import { writeWords } from "#src/signup/words-file.ts";

const ROOT = join(import.meta.dirname, "..");

/** Optional dependencies of libraries that are not used here. */
const UNUSED = [
  "better-sqlite3",
  "mariadb",
  "msgpackr-extract",
  "mysql",
  "mysql2",
  "oracledb",
  "pg-native",
  "pg-query-stream",
  "sqlite3",
  "tedious",
];

/** The words that passwords are rated by, beside the chunk that reads them. */
const WORDS = "words.bin";

/**
 * Bundles the program into `enlist.js` and chunks, of which each command loads only its own. A
 * CommonJS library that is imported lazily would lose its named exports: import it in a file of
 * ours, and that file lazily.
 * @param folder the output folder
 */
export async function bundle(folder: string): Promise<void> {
  const chunks = join(folder, "chunks");
  rmSync(chunks, { recursive: true, force: true }); // Their names change.
  mkdirSync(chunks, { recursive: true });
  writeWords(join(chunks, WORDS), packWords(ALL_WORDS));
  await build({
    absWorkingDir: ROOT,
    entryPoints: { enlist: "src/main.ts" },
    outdir: folder,
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    bundle: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"], // Of modules only what is used goes into the bundle.
    target: "node20.19",
    // Next and argon2's native code are installed beside it.
    external: [...UNUSED, "next", "@node-rs/argon2"].flatMap((name) => [name, `${name}/*`]),
    define: {
      "process.env.NODE_ENV": JSON.stringify("production"),
      WORDS_FILE: JSON.stringify(`./${WORDS}`),
      MIGRATIONS: JSON.stringify(readdirSync(join(ROOT, "migrations"))),
    },
    // CommonJS libraries call require, which ES modules lack.
    banner: {
      js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
    },
    logLevel: "warning",
  });
}
