import type { Knex } from "knex";

/**
 * One row per invitation. Its link is derived from the id, and not stored. The job that mails it has
 * the same id.
 */
export async function up(knex: Knex): Promise<void> {
  // user_id is the account that it led to.
  await knex.raw(`
    create table invitations (
      id uuid primary key,
      email text collate "C" not null check (char_length(email) <= 254),
      language text not null check (char_length(language) <= 35),
      created_at timestamptz not null default now(),
      sent_at timestamptz,
      expires_at timestamptz not null,
      user_id uuid references users (id) on delete cascade
    )`);
  await knex.raw("create index invitations_email on invitations (lower(email))");
  await knex.raw("create index invitations_user_id on invitations (user_id)");
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table invitations");
}
