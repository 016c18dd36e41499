import { NotInTransaction } from "./errors.ts";

/** One SQL statement with numbered parameters (`$1`, `$2` …). */
export interface Statement {
  text: string;
  values: readonly unknown[];
  /** A name to prepare the statement under, once per connection, if the driver can do that. */
  name?: string;
}

/**
 * All that is needed of a driver: a function that runs SQL. The adapters (`fromKnex`, `fromPg` …)
 * make one of a pool, for workers and readers, or of a transaction, to enqueue and to complete in.
 */
export interface Connection {
  /** Runs one statement. Returns its rows; throws the driver's error. */
  run<Row extends object = Record<string, unknown>>(statement: Statement): Promise<Row[]>;
  /** `none` for a pool, `over` for a transaction that was committed or rolled back. */
  transaction(): "open" | "none" | "over";
}

/** @throws {NotInTransaction} unless `connection` is a transaction that is still open. */
export function assertTransaction(connection: Connection, job: string): void {
  const state = connection.transaction();
  if (state === "over") throw new NotInTransaction(job, "the transaction is over");
  if (state === "none") throw new NotInTransaction(job, "this is a pool, not a transaction");
}

/** A SQLSTATE; neither Node's codes (EPIPE), which have no digit, nor Prisma's own (P1000 and on). */
const SQLSTATE = /^(?!P[1-9])(?=.*\d)[\dA-Z]{5}$/;

/** PostgreSQL's five-character code of an error, also if the driver or the ORM has wrapped it. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code, cause, driverError, meta } = at as {
      code?: unknown;
      cause?: { originalCode?: unknown };
      driverError?: { code?: unknown };
      meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } };
    };
    // Prisma's adapter puts it into what caused its error, and Prisma that error beside its own.
    const original = meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode;
    for (const state of [original, meta?.code, driverError?.code, code]) {
      if (typeof state === "string" && SQLSTATE.test(state)) return state;
    }
  }
  return undefined;
}

/** A list as PostgreSQL writes an array, which every driver can send as text. */
export function toArray(items: readonly (string | number)[]): string {
  return `{${items.join()}}`;
}
