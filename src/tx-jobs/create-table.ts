import { sqlState, type Connection } from "./connection.ts";
import { SchemaError } from "./errors.ts";

/** Must change with the table's columns. The table carries it as its comment. */
const VERSION = "tx-jobs 1";

/**
 * The statements that create the table `tx_jobs`, for your own migration. No index or predicate
 * uses the lease columns, so that taking a job is a heap-only update.
 */
export const CREATE_TABLE: readonly string[] = [
  `create table tx_jobs (
     id             uuid primary key,                  -- the same id is the same job
     name           text not null,
     queue          text not null,
     payload        jsonb not null,
     attempts       smallint not null default 0,       -- that have failed
     max_attempts   smallint not null,
     takes          integer not null default 0,        -- with leased_by, tells one run from another
     lost           smallint not null default 0,       -- leases in a row that ran out
     leased_by      uuid,                              -- a worker process
     leased_until   timestamptz,
     due_at         timestamptz not null,             -- by the clock, not by the transaction: floor.ts
     unavailable_at timestamptz,                       -- when its handler last threw Unavailable
     finished_at    timestamptz,
     outcome        text check (outcome in ('done', 'failed')),
     error          text check (char_length(error) <= 500),
     created_at     timestamptz not null default now(),
     check ((finished_at is null) = (outcome is null))
   ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
           autovacuum_vacuum_insert_scale_factor = 0.05)`,
  `comment on table tx_jobs is '${VERSION}'`,
  "create index tx_jobs_due on tx_jobs (name, due_at) where finished_at is null",
  "create index tx_jobs_finished on tx_jobs (outcome, finished_at) where finished_at is not null",
];

/** Undoes {@link CREATE_TABLE}. */
export const DROP_TABLE = "drop table tx_jobs";

/**
 * Checks that the table exists in this version.
 * @throws {SchemaError} if not, or the driver's error if PostgreSQL does not answer
 */
export async function checkTable(db: Connection): Promise<void> {
  const [row] = await db.run<{ version: string | null; there: boolean }>({
    text: `select to_regclass('tx_jobs') is not null as there,
                  obj_description(to_regclass('tx_jobs'), 'pg_class') as version`,
    values: [],
  });
  if (!row?.there) throw new SchemaError("There is no table tx_jobs: run the migrations.");
  if (row.version !== VERSION) {
    throw new SchemaError(
      `The table tx_jobs has version "${row.version ?? "none"}", but this library needs "${VERSION}": run the migrations.`,
    );
  }
}

/** Converts an error that a missing or outdated table causes into a {@link SchemaError}. */
export function orSchemaError(job: string, error: unknown): unknown {
  const state = sqlState(error);
  if (state !== "42P01" && state !== "42703") return error;
  return new SchemaError(`${job}: the table tx_jobs is missing or of another version`, {
    cause: error,
  });
}
