import type { Connection } from "../connection.ts";

/** The part of pg's Pool, Client and PoolClient that is used. */
export interface PgLike {
  query(config: { text: string; values: unknown[]; name?: string }): Promise<{ rows: unknown[] }>;
  /** Only clients have it: `T` in a transaction, `E` in a failed one, `I` in none. */
  getTransactionStatus?: () => string | null;
  /** A pool sets a new function each time it hands the client out. */
  release?: unknown;
}

/**
 * pg's Pool as a pool, or a client after BEGIN as a transaction; pg 8.21 or newer. Call it once per
 * transaction: a client that was released is refused, even if its next holder is in a transaction.
 * A COMMIT in progress cannot be detected.
 * @param options `prepare: false` behind a PgBouncer that keeps no prepared statements
 */
export function fromPg(client: PgLike, { prepare = true } = {}): Connection {
  const { release } = client;
  return {
    async run({ text, values, name }) {
      const config = { text, values: [...values], ...(name && prepare ? { name } : {}) };
      const { rows } = await client.query(config);
      return rows as never;
    },
    transaction() {
      if (!client.getTransactionStatus) return "none";
      const status = client.getTransactionStatus();
      const isOpen = status === "T" || status === "E";
      return isOpen && client.release === release ? "open" : "over";
    },
  };
}
