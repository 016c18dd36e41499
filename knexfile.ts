import type { Knex } from "knex";
import { SILENT } from "./src/platform/db.ts";
import { loadDatabaseUrl, orExit } from "./src/platform/env.ts";

/**
 * Milliseconds that a migration waits for a lock. Other statements queue behind it, and give up
 * after a second (src/platform/db.ts), so the migration must give up first.
 */
const LOCK_MS = 500;

/** The configuration of the knex command (`npm run migrate`). */
const config: Knex.Config = {
  client: "pg",
  // pg supports lock_timeout, but knex's types omit it.
  connection: { connectionString: orExit(loadDatabaseUrl), ...{ lock_timeout: LOCK_MS } },
  log: SILENT,
  migrations: { directory: "./migrations", extension: "ts", loadExtensions: [".ts"] },
};

export default config;
