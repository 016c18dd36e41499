import type { Knex } from "knex";
import { CREATE_TABLE, DROP_TABLE } from "#src/tx-jobs/create-table.ts";

/** The table of all jobs; see src/tx-jobs/README.md. */
export async function up(knex: Knex): Promise<void> {
  for (const statement of CREATE_TABLE) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(DROP_TABLE);
}
