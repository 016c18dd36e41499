import { Pool } from "pg";
import { DATABASE_URL } from "./env.ts";

/** Enlist's database, where the tables here have a schema of their own. */
export const pool = new Pool({
  connectionString: DATABASE_URL,
  options: "-c search_path=app",
});
// An idle connection may break; the next query opens another.
pool.on("error", ({ message }) => console.error(`PostgreSQL: ${message}`));
