import type { Connection } from "../connection.ts";

/** What is used of a TypeORM QueryRunner. */
interface QueryRunnerLike {
  isTransactionActive: boolean;
  isReleased: boolean;
}

/** What is used of a TypeORM DataSource, EntityManager or QueryRunner. */
export interface TypeormLike extends Partial<QueryRunnerLike> {
  // oxlint-disable-next-line typescript/no-explicit-any -- TypeORM's own type says as much
  query(text: string, values?: any[]): Promise<any>;
  /** Of an EntityManager within a transaction. */
  queryRunner?: QueryRunnerLike;
}

/**
 * A TypeORM DataSource as a pool; the EntityManager that `transaction` hands to its callback, or a
 * QueryRunner on which `startTransaction` was called, as a transaction.
 */
export function fromTypeorm(source: TypeormLike): Connection {
  return {
    async run({ text, values }) {
      const result = await source.query(text, [...values]);
      // After an update or a delete these are the rows and their number.
      return Array.isArray(result[0]) ? result[0] : result;
    },
    transaction() {
      const runner = source.isTransactionActive === undefined ? source.queryRunner : source;
      if (!runner) return "none";
      return runner.isTransactionActive && !runner.isReleased ? "open" : "over";
    },
  };
}
