import type { Connection } from "../connection.ts";
import { fromPg, type PgLike } from "./from-pg.ts";

/** The part of a Drizzle database or transaction that is used. */
export interface DrizzleLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- drivers differ in what they return
  execute(query: any): PromiseLike<any>;
  /** Only transactions have it. */
  rollback?: () => never;
}

/** The part of Drizzle's `sql` that is used. */
export interface DrizzleSql {
  raw(text: string): unknown;
  param(value: unknown): unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- the chunks are Drizzle's own
  join(chunks: any[]): unknown;
}

/**
 * A Drizzle database as a pool, or a Drizzle transaction as a transaction. Only with node-postgres
 * is a finished transaction detected; with postgres.js, statements on one are committed separately.
 * @param sql Drizzle's own: `import { sql } from "drizzle-orm"`
 */
export function fromDrizzle(db: DrizzleLike, sql: DrizzleSql): Connection {
  const { client } = (db as { _?: { session?: { client?: PgLike } } })._?.session ?? {};
  const onClient = client?.getTransactionStatus ? fromPg(client) : undefined;
  return {
    async run({ text, values }) {
      // Every second part is a parameter's number.
      const chunks = text
        .split(/\$(\d+)/)
        .map((part, index) => (index % 2 ? sql.param(values[Number(part) - 1]) : sql.raw(part)));
      const result = await db.execute(sql.join(chunks));
      return Array.isArray(result) ? result : result.rows;
    },
    transaction() {
      if (!db.rollback) return "none";
      return onClient ? onClient.transaction() : "open";
    },
  };
}
