import knex, { type Knex } from "knex";
import type { Log } from "./log.ts";

export interface DbOptions {
  /**
   * `pgbouncer=true` in the query (Prisma's spelling) disables prepared statements. In transaction
   * mode, PgBouncer before 1.21 may run a statement on a connection that has not prepared it.
   */
  url: string;
  /** Maximum number of connections in the pool. */
  pool: number;
}

/** Milliseconds to wait for a connection, for an answer, and for a turn in the pool. */
const DEADLINE_MS = 1500;

/** Milliseconds until PostgreSQL cancels a statement: well before we give up the connection. */
const STATEMENT_MS = 1000;

/** knex's log: it would also print errors, with a stack, that are thrown anyway. */
export const SILENT: NonNullable<Knex.Config["log"]> = {
  warn() {},
  error() {},
  deprecate() {},
  debug() {},
};

/**
 * A pool of PostgreSQL connections. Every wait is bounded to a few seconds, so that no caller hangs
 * and no abandoned transaction keeps its locks.
 */
export function createDb({ url, pool }: DbOptions): Knex {
  const prepares = new URL(url).searchParams.get("pgbouncer") !== "true";
  return knex({
    client: "pg",
    connection: {
      connectionString: url,
      connectionTimeoutMillis: DEADLINE_MS,
      query_timeout: DEADLINE_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: 5000,
      keepAlive: true,
    },
    pool: {
      min: 0,
      max: pool,
      afterCreate: prepares ? hangUpOnSilence : prepareNothing,
      validate: isIdle,
    },
    acquireConnectionTimeout: DEADLINE_MS,
    log: SILENT,
  });
}

/**
 * The part of pg's client used by the hooks below; its types lack `connection` and `readyForQuery`.
 */
interface PgClient {
  query(config: unknown, callback: (error: Error | null, result: unknown) => void): unknown;
  getTransactionStatus(): "I" | "T" | "E" | null;
  connection: { stream: { destroy(): void } };
  readyForQuery: boolean;
}

/** SQLSTATE of a read-only server: a standby, or a primary that has become one. */
const READ_ONLY = "25006";

/**
 * Closes a connection whose answer is overdue. pg itself only stops waiting: no ROLLBACK follows,
 * and the next user of the connection would commit its changes. Also closes one to a standby,
 * because the next connection may reach the primary.
 */
function hangUpOnSilence(client: PgClient, done: (error: null, client: PgClient) => void): void {
  const query = client.query.bind(client);
  client.query = (config, callback) =>
    query(config, (error, result) => {
      const isUseless =
        error?.message === "Query read timeout" || (error as { code?: string })?.code === READ_ONLY;
      if (isUseless) client.connection.stream.destroy();
      callback(error, result);
    });
  done(null, client);
}

/** Like {@link hangUpOnSilence}, and sends every statement unnamed, so that none is prepared. */
function prepareNothing(client: PgClient, done: (error: null, client: PgClient) => void): void {
  const query = client.query.bind(client);
  client.query = (config, callback) => query({ ...(config as object), name: undefined }, callback);
  hangUpOnSilence(client, done);
}

/** Whether a connection may be reused: nothing in flight, and not in a transaction. */
function isIdle(client: PgClient): boolean {
  return client.readyForQuery && client.getTransactionStatus() === "I";
}

/**
 * Opens a first connection, so that no request waits for it, and warns about problems. Behind a
 * pooler our timeouts may not apply, so the database or the role must set them.
 */
export async function greetDatabase(db: Knex, log: Log): Promise<void> {
  try {
    const { rows } = await db.raw<{ rows: Record<string, string>[] }>(
      `select name || ' is off' as problem from pg_settings where setting = '0'
       and name in ('statement_timeout', 'idle_in_transaction_session_timeout')`,
    );
    for (const { problem } of rows) log.warn(`${problem}: see docs/scaling.md, "A pooler"`);
  } catch (err) {
    log.warn({ err }, "database unavailable");
  }
}

/** Error codes that mean the server or the network failed, not the statement. */
const AWAY =
  /^(08|53|57P|57014|25006|25P03|55P03|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))/;

/** Messages of pg for lost connections without a code; knex may put the statement in front. */
const LOST =
  /(^| - )(Connection terminated|Client has encountered a connection error|timeout e|Query read timeout|Unable to acquire a connection)/;

/** Whether an error means that the database could not be reached or did not answer in time. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isPoolExhausted(error) || LOST.test(error.message)) return true;
  // Node tries all addresses of a host and reports the failures together.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  return AWAY.test((error as { code?: string }).code ?? "");
}

/** Whether no connection was available in time, so that nothing was started. */
export function isPoolExhausted(error: unknown): boolean {
  return error instanceof Error && error.name === "KnexTimeoutError";
}

/**
 * Whether this is a deadlock or a serialization failure, which PostgreSQL asks clients to retry.
 */
export function isRepeatable(error: unknown): boolean {
  return ["40001", "40P01"].includes((error as { code?: string } | undefined)?.code ?? "");
}

/** Whether a unique index was violated. @param constraint the index, if it matters which */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const violation = error as { code?: unknown; constraint?: unknown };
  if (violation.code !== "23505") return false;
  return constraint === undefined || violation.constraint === constraint;
}
