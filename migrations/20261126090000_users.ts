import type { Knex } from "knex";

/** A user is a claim on a username and an address until the address is verified. */
export async function up(knex: Knex): Promise<void> {
  // verification_id is the verification that counts: its mail is owed or was sent last, and its
  // code is valid. It is not a foreign key, because both rows are inserted together, in any order.
  // language is what the mails are written in, as a BCP 47 tag (RFC 5646, 4.4.1: at most 35 characters).
  // return_to and return_state come from the application that the person signs up for.
  // username and full_name are null if the installation does not ask for them; extra is what its own
  // field was filled in with.
  // Comparisons use collation "C" whatever the database's locale. In Turkish, "INFO" would become
  // "ınfo", so that one address could have two verified accounts.
  await knex.raw(`
    create table users (
      id uuid primary key,
      username text collate "C" check (username ~ '^[a-z0-9_]{3,100}$'),
      full_name text check (char_length(full_name) between 1 and 100),
      email text collate "C" not null check (char_length(email) <= 254),
      password_hash text not null,
      signup_request_id uuid not null,
      verification_id uuid not null,
      email_verified_at timestamptz,
      language text not null default 'en' check (char_length(language) <= 35),
      terms_version text,
      terms_accepted_at timestamptz,
      extra jsonb,
      return_to text check (char_length(return_to) <= 2000),
      return_state text check (char_length(return_state) <= 500),
      created_at timestamptz not null default now(),
      constraint users_username_key unique (username),
      constraint users_signup_request_id_key unique (signup_request_id)
    )`);
  // Unique among verified accounts only, so that nobody can block another person's address.
  await knex.raw(`
    create unique index users_verified_email_key on users (lower(email))
    where email_verified_at is not null`);
  // Claims in the order in which they expire.
  await knex.raw(`
    create index users_unverified on users (created_at) where email_verified_at is null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table users");
}
