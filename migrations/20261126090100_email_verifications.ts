import type { Knex } from "knex";

/**
 * One row per mail. Its link and its code are derived from the id, and not stored. The job that
 * sends it has the same id.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table email_verifications (
      id uuid primary key,
      user_id uuid not null references users (id) on delete cascade,
      email text collate "C" not null check (char_length(email) <= 254),
      code_attempts smallint not null default 0,
      created_at timestamptz not null default now(),
      sent_at timestamptz,
      expires_at timestamptz not null,
      used_at timestamptz
    )`);
  await knex.raw("create index email_verifications_user_id on email_verifications (user_id)");
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table email_verifications");
}
