import type { Knex } from "knex";

/** Which mail a worker is just handing over, so that no second one does the same meanwhile. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw("alter table email_verifications add column sending_until timestamptz");
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("alter table email_verifications drop column sending_until");
}
