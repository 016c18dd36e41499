import type { Knex } from "knex";

/** One row per code with which the application may learn who a person is. Only its hash is kept. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table handoff_codes (
      code_hash bytea primary key,
      user_id uuid not null references users (id) on delete cascade,
      expires_at timestamptz not null
    )`);
  await knex.raw("create index handoff_codes_user_id on handoff_codes (user_id)");
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table handoff_codes");
}
