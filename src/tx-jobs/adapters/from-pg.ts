import type { Connection } from "../connection.ts";

/** What is used of pg's Pool, Client and PoolClient. */
export interface PgLike {
  query(config: { text: string; values: unknown[]; name?: string }): Promise<{ rows: unknown[] }>;
  /** Of a client alone: `T` in a transaction, `E` in one that has failed, `I` in none. */
  getTransactionStatus?: () => string | null;
  /** Of a pool's client: another function each time that the pool hands it out. */
  release?: unknown;
}

/**
 * pg's Pool as a pool, or a client on which BEGIN was sent as a transaction; pg 8.21 or newer.
 * A client that was given back to its pool is refused, also while another holds it in a transaction:
 * so call this once per transaction. A COMMIT that is under way cannot be seen.
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
