import type { Knex } from "knex";

/** How often somebody has typed a code for a verification: eight digits bear few guesses. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    "alter table email_verifications add column code_attempts smallint not null default 0",
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("alter table email_verifications drop column code_attempts");
}
