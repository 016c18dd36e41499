import type { Knex } from "knex";
import { loadDatabaseUrl, orExit } from "#src/env.ts";

/** What the knex command (`npm run migrate`) works with. */
const config: Knex.Config = {
  client: "pg",
  connection: { connectionString: orExit(loadDatabaseUrl) },
  migrations: { directory: "./migrations", extension: "ts", loadExtensions: [".ts"] },
};

export default config;
