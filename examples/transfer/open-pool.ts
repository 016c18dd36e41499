import pg from "pg";

/** A pool of connections to PostgreSQL, `max` at most. The query under way reports one that breaks. */
export function openPool(connectionString: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString, max });
  pool.on("error", () => {});
  // Of a connection that is in use the pool itself does not hear.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
