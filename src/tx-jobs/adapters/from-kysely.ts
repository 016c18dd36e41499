import type { Connection } from "../connection.ts";

/** What is used of a Kysely instance or a Kysely transaction. */
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
 * A Kysely instance as a pool, or a Kysely transaction, controlled or not, as a transaction.
 * Before Kysely 0.28.9 one that is over is seen only if it was a controlled one.
 */
export function fromKysely(db: KyselyLike): Connection {
  return {
    async run({ text, values }) {
      const query = { kind: "RawNode", sqlFragments: [text], parameters: [] };
      // A plugin might rename what is within a payload.
      const { rows } = await db
        .withoutPlugins()
        .executeQuery({ sql: text, parameters: [...values], query, queryId: QUERY_ID });
      return rows as never;
    },
    transaction() {
      if (!db.isTransaction) return "none";
      try {
        // The executor of a transaction that is over throws at once; else this sends nothing.
        const looking = db.getExecutor().provideConnection(async () => {});
        looking.catch(() => {}); // It may end meanwhile.
        return "open";
      } catch {
        return "over";
      }
    },
  };
}
