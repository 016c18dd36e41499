import type { Knex } from "knex";

/** A user is a claim on a username and an address until the address is verified. */
export async function up(knex: Knex): Promise<void> {
  // verification_id names the verification that counts: whose mail is owed or was sent last, and whose
  // code is taken. It is no foreign key, as both rows are inserted together, in either order.
  // What is compared is compared under "C", whatever the locale of the database: a Turkish one makes
  // "ınfo" of "INFO", and one address would have two verified accounts.
  await knex.raw(`
    create table users (
      id uuid primary key,
      username text collate "C" not null check (username ~ '^[a-z0-9_]{3,100}$'),
      full_name text not null check (char_length(full_name) between 1 and 100),
      email text collate "C" not null check (char_length(email) <= 254),
      password_hash text not null,
      signup_request_id uuid not null,
      verification_id uuid not null,
      email_verified_at timestamptz,
      created_at timestamptz not null default now(),
      constraint users_username_key unique (username),
      constraint users_signup_request_id_key unique (signup_request_id)
    )`);
  // Unique among verified accounts only: nobody can block an address that is not theirs.
  await knex.raw(`
    create unique index users_verified_email_key on users (lower(email))
    where email_verified_at is not null`);
  // The claims in the order in which they expire.
  await knex.raw(`
    create index users_unverified on users (created_at) where email_verified_at is null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table users");
}
