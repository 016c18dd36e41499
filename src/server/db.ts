import knex, { type Knex } from "knex";

export interface DbOptions {
  url: string;
  /** Connections that the pool may hold. */
  pool: number;
}

/** Milliseconds for one connection, one statement, and one turn in the pool. */
const DEADLINE_MS = 1500;

/**
 * A pool of connections to PostgreSQL. Whatever hangs ends in an error within a few seconds:
 * nobody waits for a database that does not answer, and no abandoned transaction holds its locks.
 */
export function createDb({ url, pool }: DbOptions): Knex {
  return knex({
    client: "pg",
    connection: {
      connectionString: url,
      connectionTimeoutMillis: DEADLINE_MS,
      query_timeout: DEADLINE_MS,
      statement_timeout: DEADLINE_MS,
      idle_in_transaction_session_timeout: 5000,
      keepAlive: true,
    },
    pool: { min: 0, max: pool },
    acquireConnectionTimeout: DEADLINE_MS,
    // What fails is thrown to whoever asked; knex would print it besides.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
}

/** PostgreSQL's classes of errors in which it is not the statement that is at fault. */
const AWAY =
  /^(08|53|57P|57014|25P03|55P03|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))/;

/** What pg says, without a code, when a connection is lost or does not answer in time. */
const SILENT =
  /^(Connection terminated|Client has encountered a connection error|timeout e|Query read timeout)/;

/** Whether an error means that the database could not be reached or did not answer in time. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "KnexTimeoutError" || SILENT.test(error.message)) return true;
  // Node tries every address of a host and reports the failures together.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return AWAY.test((error as { code?: string }).code ?? "");
}

/** Whether PostgreSQL refused because a value that must be unique is there; by this index, if named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const violation = error as { code?: unknown; constraint?: unknown };
  if (violation.code !== "23505") return false;
  return constraint === undefined || violation.constraint === constraint;
}
