import knex, { type Knex } from "knex";
import type { Log } from "./log.ts";

export interface DbOptions {
  /**
   * With `pgbouncer=true` in its query, as Prisma spells it, no statement is prepared: in transaction
   * mode a PgBouncer before 1.21 hands each transaction to another connection that has not seen it.
   */
  url: string;
  /** Connections that the pool may hold. */
  pool: number;
}

/** Milliseconds for a connection, for an answer, and for a turn in the pool. */
const DEADLINE_MS = 1500;

/** Milliseconds after which PostgreSQL itself ends a statement: well before we give the connection up. */
const STATEMENT_MS = 1000;

/**
 * A pool of connections to PostgreSQL. Whatever hangs ends in an error within a few seconds:
 * nobody waits for a database that does not answer, and no abandoned transaction holds its locks.
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
    // What fails is thrown to whoever asked; knex would print it besides.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
}

/** What the hooks below use of pg's client; `connection` and `readyForQuery` are not in its types. */
interface PgClient {
  query(config: unknown, callback: (error: Error | null, result: unknown) => void): unknown;
  getTransactionStatus(): "I" | "T" | "E" | null;
  connection: { stream: { destroy(): void } };
  readyForQuery: boolean;
}

/** What a server says that may only be read from: a standby, or a primary that has become one. */
const READ_ONLY = "25006";

/**
 * Closes a connection on which an answer is overdue. pg only gives up waiting: the statement stays
 * in flight, the ROLLBACK behind it is never sent, and whoever got the connection next would
 * commit what this transaction has left in it. One that leads to a standby is closed as well, as
 * the next one may lead to the primary.
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

/** Sends every statement unnamed, so that the server keeps none, on a connection that hangs up on silence. */
function prepareNothing(client: PgClient, done: (error: null, client: PgClient) => void): void {
  const query = client.query.bind(client);
  client.query = (config, callback) => query({ ...(config as object), name: undefined }, callback);
  hangUpOnSilence(client, done);
}

/** Whether a connection may be lent: nothing in flight on it, and in no transaction. */
function isIdle(client: PgClient): boolean {
  return client.readyForQuery && client.getTransactionStatus() === "I";
}

/**
 * Opens a first connection, so that nobody need wait for it later; or says what is wrong with it.
 * A pooler leaves out the deadlines that we ask for, and then the database or the role must set them.
 */
export async function greetDatabase(db: Knex, log: Log): Promise<void> {
  try {
    const { rows } = await db.raw<{ rows: Record<string, string>[] }>(
      `select name || ' is off' as problem from pg_settings where setting = '0'
       and name in ('statement_timeout', 'idle_in_transaction_session_timeout')`,
    );
    for (const { problem } of rows) log.warn(`${problem}: see docs/scaling.md, "A pooler"`);
  } catch (err) {
    log.warn({ err }, "database away");
  }
}

/** PostgreSQL's classes of errors in which it is not the statement that is at fault. */
const AWAY =
  /^(08|53|57P|57014|25006|25P03|55P03|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))/;

/** What pg says, without a code and behind knex's copy of the statement, of a connection that is lost. */
const LOST =
  /(^| - )(Connection terminated|Client has encountered a connection error|timeout e|Query read timeout|Unable to acquire a connection)/;

/** Whether an error means that the database could not be reached or did not answer in time. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isPoolExhausted(error) || LOST.test(error.message)) return true;
  // Node tries every address of a host and reports the failures together.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return AWAY.test((error as { code?: string }).code ?? "");
}

/** Whether no connection was to be had in time, so that nothing has been begun. */
export function isPoolExhausted(error: unknown): boolean {
  return error instanceof Error && error.name === "KnexTimeoutError";
}

/** Whether PostgreSQL asks for the same again: a deadlock, or a serialization failure. */
export function isRepeatable(error: unknown): boolean {
  return ["40001", "40P01"].includes((error as { code?: string } | undefined)?.code ?? "");
}

/** Whether PostgreSQL refused because a value that must be unique is there; by this index, if named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const violation = error as { code?: unknown; constraint?: unknown };
  if (violation.code !== "23505") return false;
  return constraint === undefined || violation.constraint === constraint;
}
