// The second half of npm run build: makes .next/standalone whole, so that this one folder is all
// that production needs. Next puts web there; its static files, and the worker, it leaves out.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "..");
const STANDALONE = join(ROOT, ".next", "standalone");

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

cpSync(join(ROOT, ".next", "static"), join(STANDALONE, ".next", "static"), { recursive: true });
// Next has copied what it found; secrets have no place in a build, and go stale there.
for (const name of readdirSync(STANDALONE))
  if (name.startsWith(".env")) rmSync(join(STANDALONE, name));
// The queues' pages are files that the worker looks up as it runs.
const board = join("node_modules", "@bull-board", "ui");
cpSync(join(ROOT, board), join(STANDALONE, board), { recursive: true });
// Two files, of which web has its own, with the dictionaries for passwords. Split any further, whatever
// imports a CommonJS library lazily would not find its names.
await build({
  absWorkingDir: ROOT,
  entryPoints: { enlist: "src/main.ts", web: "src/web/main.ts" },
  outdir: STANDALONE,
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
