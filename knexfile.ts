import type { Knex } from "knex";
import { loadDatabaseUrl, orExit } from "./src/platform/env.ts";

/**
 * Milliseconds that a migration waits for a lock. Whoever comes after it waits behind it meanwhile,
 * and gives up after a second (src/platform/db.ts): the migration gives up before.
 */
const LOCK_MS = 500;

/** What the knex command (`npm run migrate`) works with. */
const config: Knex.Config = {
  client: "pg",
  // pg knows lock_timeout, which knex's types leave out.
  connection: { connectionString: orExit(loadDatabaseUrl), ...{ lock_timeout: LOCK_MS } },
  migrations: { directory: "./migrations", extension: "ts", loadExtensions: [".ts"] },
};

export default config;
