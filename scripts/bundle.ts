import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..");

/** What the libraries ask for only in ways in which they are not used here. */
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
 * Bundles the program into two files, `enlist.js` and `web.js`, of which web has its own, with the
 * dictionaries for passwords. Split any further, whatever imports a CommonJS library lazily would not
 * find its names.
 */
export async function bundle(folder: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { enlist: "src/main.ts", web: "src/web/main.ts" },
    outdir: folder,
    plugins: [
      {
        name: "web apart",
        setup(building) {
          const toWeb = { filter: /^\.\/web\/main\.ts$/ };
          building.onResolve(toWeb, () => ({ path: "./web.js", external: true }));
        },
      },
    ],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // Next and the hash's machine code lie beside it.
    external: [...UNUSED, "next", "@node-rs/argon2"].flatMap((name) => [name, `${name}/*`]),
    define: {
      "process.env.NODE_ENV": JSON.stringify("production"),
      MIGRATIONS: JSON.stringify(readdirSync(join(ROOT, "migrations"))),
    },
    // CommonJS libraries call require, which ES modules do not have.
    banner: {
      js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
    },
    logLevel: "warning",
  });
}
