import { sqlState, type Connection } from "./connection.ts";

/** A prepared statement that PostgreSQL has lost, has under that name already, or has outdated. */
const UNPREPARED = new Set(["26000", "42P05", "0A000"]);

/** Whether the same statement may well succeed if it is not prepared. */
export function isUnprepared(error: unknown): boolean {
  return UNPREPARED.has(sqlState(error) ?? "");
}

/**
 * A pool that prepares nothing more once PostgreSQL has lost a prepared statement, as after DISCARD ALL
 * or behind some poolers: the driver would go on to ask for it by its name, for ever.
 */
export function survivingLostStatements(pool: Connection): Connection {
  let prepares = true;
  return {
    async run({ name, ...unnamed }) {
      if (!prepares || !name) return pool.run(unnamed);
      try {
        return await pool.run({ name, ...unnamed });
      } catch (error) {
        if (!isUnprepared(error)) throw error;
        prepares = false;
        return pool.run(unnamed); // What failed was rolled back: a pool commits each statement.
      }
    },
    transaction: () => pool.transaction(),
  };
}
