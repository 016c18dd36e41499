import type { Connection } from "../connection.ts";
import { fromPg, type PgLike } from "./from-pg.ts";

/** What is used of a Drizzle database or a Drizzle transaction. */
export interface DrizzleLike {
  // oxlint-disable-next-line typescript/no-explicit-any -- drivers differ in what they return
  execute(query: any): PromiseLike<any>;
  /** Of a transaction alone. */
  rollback?: () => never;
}

/** What is used of Drizzle's `sql`. */
export interface DrizzleSql {
  raw(text: string): unknown;
  param(value: unknown): unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- the chunks are Drizzle's own
  join(chunks: any[]): unknown;
}

/**
 * A Drizzle database as a pool, or a Drizzle transaction as a transaction. One that is over is seen
 * with node-postgres alone: with postgres.js what is run on it then is committed by itself.
 * @param sql Drizzle's own: `import { sql } from "drizzle-orm"`
 */
export function fromDrizzle(db: DrizzleLike, sql: DrizzleSql): Connection {
  const { client } = (db as { _?: { session?: { client?: PgLike } } })._?.session ?? {};
  const onClient = client?.getTransactionStatus ? fromPg(client) : undefined;
  return {
    async run({ text, values }) {
      // Every second part is the number of a parameter.
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
