import { randomUUID } from "node:crypto";
import type { Knex } from "knex";

interface Raising {
  /** `insert on users`, `update on email_verifications` … */
  on: string;
  /** PostgreSQL's five characters: `40P01`, `40001` … */
  sqlstate: string;
  /** How often; after that all is well. */
  times: number;
  /** Whether it comes as late as in the COMMIT. */
  atCommit?: boolean;
}

/**
 * Has PostgreSQL raise an error the first so many times that something is done to a table.
 * @returns how often it was done so far, failed or not
 */
export async function raiseFirst(
  db: Knex,
  { on, sqlstate, times, atCommit = false }: Raising,
): Promise<() => Promise<number>> {
  const name = `raise_${randomUUID().replaceAll("-", "")}`;
  // A sequence goes on counting where the transaction rolls back.
  await db.raw(`create sequence ${name}`);
  await db.raw(`create function ${name}() returns trigger language plpgsql as $$ begin
      if nextval('${name}') <= ${times} then
        raise exception 'on purpose' using errcode = '${sqlstate}';
      end if;
      return coalesce(new, old);
    end $$`);
  await db.raw(
    atCommit
      ? `create constraint trigger ${name} after ${on} deferrable initially deferred
         for each row execute function ${name}()`
      : `create trigger ${name} before ${on} for each row execute function ${name}()`,
  );
  return async () => {
    const { rows } = await db.raw<{ rows: { n: number }[] }>(
      `select case when is_called then last_value else 0 end::int as n from ${name}`,
    );
    return rows[0]!.n;
  };
}
