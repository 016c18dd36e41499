import type { Knex } from "knex";

/** A user is a claim on a username and an address until the address is verified. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id uuid primary key,
      username text not null check (username ~ '^[a-z0-9_]{3,100}$'),
      full_name text not null check (char_length(full_name) between 1 and 100),
      email text not null check (char_length(email) <= 254),
      password_hash text not null,
      signup_request_id uuid not null,
      verification_sent_at timestamptz,
      email_verified_at timestamptz,
      created_at timestamptz not null default now(),
      constraint users_username_key unique (username),
      constraint users_signup_request_id_key unique (signup_request_id)
    )`);
  // Unique among verified accounts only: nobody can block an address that is not theirs.
  await knex.raw(`
    create unique index users_verified_email_key on users (lower(email))
    where email_verified_at is not null`);
  // The outbox: who is still owed a mail, whatever happened to the queue.
  await knex.raw(`
    create index users_mail_owed on users (created_at)
    where verification_sent_at is null and email_verified_at is null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table users");
}
