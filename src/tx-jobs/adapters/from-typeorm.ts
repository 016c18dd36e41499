import type { Connection } from "../connection.ts";

/** The part of a TypeORM QueryRunner that is used. */
interface QueryRunnerLike {
  isTransactionActive: boolean;
  isReleased: boolean;
}

/** The part of a TypeORM DataSource, EntityManager or QueryRunner that is used. */
export interface TypeormLike extends Partial<QueryRunnerLike> {
  // oxlint-disable-next-line typescript/no-explicit-any -- TypeORM's own type says as much
  query(text: string, values?: any[]): Promise<any>;
  /** Set on an EntityManager inside a transaction. */
  queryRunner?: QueryRunnerLike;
}

/**
 * A TypeORM DataSource as a pool. As a transaction, the EntityManager that `transaction` passes to
 * its callback, or a QueryRunner after `startTransaction`.
 */
export function fromTypeorm(source: TypeormLike): Connection {
  return {
    async run({ text, values }) {
      const result = await source.query(text, [...values]);
      // After an update or a delete, TypeORM returns the rows and their number.
      return Array.isArray(result[0]) ? result[0] : result;
    },
    transaction() {
      const runner = source.isTransactionActive === undefined ? source.queryRunner : source;
      if (!runner) return "none";
      return runner.isTransactionActive && !runner.isReleased ? "open" : "over";
    },
  };
}
