import type { Connection } from "./connection.ts";
import { orSchemaError } from "./create-table.ts";
import type { JobDefinition } from "./define-job.ts";
import { InvalidJob } from "./errors.ts";
import type { JobRow } from "./prepare-row.ts";

const COLUMNS = "(id, name, queue, payload, max_attempts, due_at)";

/**
 * The insert of a job's row, with its parameters numbered from `first`. It reads the clock only
 * after the transaction has its id, even if the insert had to wait: see floor.ts.
 */
export function insertion(job: JobDefinition, { id, payload, delayMs }: JobRow, first: number) {
  const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map((n) => `$${first + n}`);
  return {
    text: `insert into tx_jobs ${COLUMNS}
      values (${a}::uuid, ${b}::text, ${c}::text, ${d}::jsonb, ${e}::smallint,
              case when pg_current_xact_id() is not null
                   then clock_timestamp() + make_interval(secs => ${f}::float8) end)
      on conflict (id) do nothing`,
    values: [id, job.name, job.queue, payload, job.attempts, delayMs / 1000],
  };
}

/**
 * Inserts the row, as a prepared statement if `name` is given.
 * @returns the transaction's id; undefined if the same job exists already
 * @throws {InvalidJob} if the id belongs to another job; {SchemaError}; or the driver's error
 */
export async function insertRow(
  tx: Connection,
  job: JobDefinition,
  row: JobRow,
  name?: string,
): Promise<string | undefined> {
  try {
    const { text, values } = insertion(job, row, 1);
    const [inserted] = await tx.run<{ xid: string }>({
      ...(name ? { name } : {}),
      text: `${text} returning pg_current_xact_id()::text as xid`,
      values,
    });
    if (inserted) return inserted.xid;
    const [there] = await tx.run<{ same: boolean }>({
      text: `select name = $2::text and payload = $3::jsonb as same from tx_jobs where id = $1::uuid`,
      values: [row.id, job.name, row.payload],
    });
    if (!there) return insertRow(tx, job, row, name); // It was pruned in between.
    if (!there.same) throw new InvalidJob(job.name, `its id ${row.id} belongs to another job`);
    return undefined;
  } catch (error) {
    throw orSchemaError(job.name, error);
  }
}
