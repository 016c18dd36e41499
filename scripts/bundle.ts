import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

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

/**
 * Bundles the program into `enlist.js` and chunks, of which each command loads only its own. A
 * CommonJS library that is imported lazily would lose its named exports: import it in a file of
 * ours, and that file lazily.
 * @param folder the output folder
 */
export async function bundle(folder: string): Promise<void> {
  rmSync(join(folder, "chunks"), { recursive: true, force: true }); // Their names change.
  await build({
    absWorkingDir: ROOT,
    entryPoints: { enlist: "src/main.ts" },
    outdir: folder,
    chunkNames: "chunks/[name]-[hash]",
    splitting: true,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // Next and argon2's native code are installed beside it.
    external: [...UNUSED, "next", "@node-rs/argon2"].flatMap((name) => [name, `${name}/*`]),
    define: {
      "process.env.NODE_ENV": JSON.stringify("production"),
      MIGRATIONS: JSON.stringify(readdirSync(join(ROOT, "migrations"))),
    },
    // CommonJS libraries call require, which ES modules lack.
    banner: {
      js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
    },
    logLevel: "warning",
  });
}
