import { NotInTransaction } from "./errors.ts";

/** One SQL statement with numbered parameters (`$1`, `$2` …). */
export interface Statement {
  text: string;
  values: readonly unknown[];
  /** If set, the driver may prepare the statement under this name, once per connection. */
  name?: string;
}

/**
 * The interface to a driver: one function that runs SQL. Adapters (`fromKnex`, `fromPg` …) create
 * one from a pool, for workers and readers, or from a transaction, for `enqueue` and `complete`.
 */
export interface Connection {
  /** Runs one statement and returns its rows. Throws the driver's error. */
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

/** Excludes Node's codes (EPIPE), which have no digit, and Prisma's own (P1000 and up). */
const SQLSTATE = /^(?!P[1-9])(?=.*\d)[\dA-Z]{5}$/;

/** PostgreSQL's five-character error code, even if a driver or an ORM has wrapped the error. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code, cause, driverError, meta } = at as {
      code?: unknown;
      cause?: { originalCode?: unknown };
      driverError?: { code?: unknown };
      meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } };
    };
    // Prisma puts the code into the cause of the error that its adapter reports.
    const original = meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode;
    for (const state of [original, meta?.code, driverError?.code, code]) {
      if (typeof state === "string" && SQLSTATE.test(state)) return state;
    }
  }
  return undefined;
}

/** Formats a list as a PostgreSQL array literal, which every driver can send as text. */
export function toArray(items: readonly (string | number)[]): string {
  return `{${items.join()}}`;
}
