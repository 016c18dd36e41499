import type { Connection } from "../connection.ts";

/** The part of a Kysely instance or transaction that is used. */
export interface KyselyLike {
  readonly isTransaction: boolean;
  withoutPlugins(): {
    executeQuery(query: {
      sql: string;
      parameters: readonly unknown[];
      // oxlint-disable-next-line typescript/no-explicit-any -- Kysely's node of a raw query
      query: any;
      queryId: { queryId: string };
    }): Promise<{ rows: unknown[] }>;
  };
  getExecutor(): { provideConnection(consumer: () => Promise<void>): Promise<void> };
}

const QUERY_ID = { queryId: "tx-jobs" };

/**
 * A Kysely instance as a pool, or a Kysely transaction, controlled or not, as a transaction. Before
 * Kysely 0.28.9, only a finished controlled transaction is detected.
 */
export function fromKysely(db: KyselyLike): Connection {
  return {
    async run({ text, values }) {
      const query = { kind: "RawNode", sqlFragments: [text], parameters: [] };
      // A plugin might rename keys inside a payload.
      const { rows } = await db
        .withoutPlugins()
        .executeQuery({ sql: text, parameters: [...values], query, queryId: QUERY_ID });
      return rows as never;
    },
    transaction() {
      if (!db.isTransaction) return "none";
      try {
        // The executor of a finished transaction throws at once. Otherwise this sends nothing.
        const looking = db.getExecutor().provideConnection(async () => {});
        looking.catch(() => {}); // It may end in between.
        return "open";
      } catch {
        return "over";
      }
    },
  };
}
