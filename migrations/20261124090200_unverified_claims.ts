import type { Knex } from "knex";

/** The claims in the order in which they expire, for whatever deletes them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index users_unverified on users (created_at) where email_verified_at is null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop index users_unverified");
}
