import type { Knex } from "knex";

/**
 * The verification that counts: whose mail is owed or was sent last, and whose code is taken. Not by
 * a foreign key, as user and verification are inserted together, in either order.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw("alter table users add column verification_id uuid");
  await knex.raw(`
    update users u set verification_id = (
      select id from email_verifications where user_id = u.id order by created_at desc limit 1
    )`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("alter table users drop column verification_id");
}
