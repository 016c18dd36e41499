import { sqlState, type Connection } from "./connection.ts";

/** The prepared statement is missing, exists already, or is outdated. */
const UNPREPARED = new Set(["26000", "42P05", "0A000"]);

/** Whether the statement should succeed without being prepared. */
export function isUnprepared(error: unknown): boolean {
  return UNPREPARED.has(sqlState(error) ?? "");
}

/**
 * Wraps a pool to stop preparing once PostgreSQL has lost a prepared statement, as after DISCARD
 * ALL or behind some poolers. Otherwise the driver would keep asking for it by name.
 */
export function withUnpreparedFallback(pool: Connection): Connection {
  let prepares = true;
  return {
    async run({ name, ...unnamed }) {
      if (!prepares || !name) return pool.run(unnamed);
      try {
        return await pool.run({ name, ...unnamed });
      } catch (error) {
        if (!isUnprepared(error)) throw error;
        prepares = false;
        return pool.run(unnamed); // The failed one was rolled back: a pool commits each statement.
      }
    },
    transaction: () => pool.transaction(),
  };
}
