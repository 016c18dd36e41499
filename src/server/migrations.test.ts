import { randomUUID } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { migrate } from "../../scripts/services/enlist.ts";
import { withClient } from "../../scripts/services/postgres.ts";

/** What the schema consists of, in words that can be compared. */
const SCHEMA = `
  select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as item
    from information_schema.columns where table_schema = 'public' and table_name not like 'knex%'
  union all select indexdef from pg_indexes
    where schemaname = 'public' and tablename not like 'knex%'
  union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'knex%'
  order by 1`;

const schemaOf = (url: string) =>
  withClient(url, async (client) => (await client.query(SCHEMA)).rows.map(({ item }) => item));

describe("the migrations", () => {
  it("lead up, down to nothing, and up again to the same", async () => {
    const server = inject("postgresUrl");
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await withClient(server, (client) => client.query(`create database ${name}`));
    const url = server.replace(/postgres$/, name);
    expect(await schemaOf(url)).toEqual([]);
    migrate(url);
    const up = await schemaOf(url);
    expect(up).toContain("users.email_verified_at timestamp with time zone YES");
    expect(up).toContain(
      "CREATE UNIQUE INDEX users_verified_email_key ON public.users USING btree (lower(email)) WHERE (email_verified_at IS NOT NULL)",
    );
    migrate(url, "rollback");
    expect(await schemaOf(url)).toEqual([]);
    migrate(url);
    expect(await schemaOf(url)).toEqual(up);
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  });
});
