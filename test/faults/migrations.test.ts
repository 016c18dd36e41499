import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { findLongLocks } from "../fixtures/lock-rules.ts";
import { ROOT } from "../servers/folder.ts";
import { migrate } from "../system/migrate.ts";
import { withClient } from "../servers/postgres.ts";

/** These migrations met no running process and only empty tables. */
const LAST_ON_EMPTY_TABLES = "20261126090200_tx_jobs.ts";

/** The schema as comparable text. */
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
  it("go up, down to nothing, and up again to the same schema", async () => {
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
    const { rowCount } = await withClient(url, (client) => client.query("select from users"));
    expect(rowCount).toBe(0);
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  });

  it("give up soon if someone holds a lock, and change nothing", async () => {
    const server = inject("postgresUrl");
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await withClient(server, (client) => client.query(`create database ${name}`));
    const url = server.replace(/postgres$/, name);
    migrate(url);
    const before = await schemaOf(url);
    await withClient(url, async (reader) => {
      await reader.query("set idle_in_transaction_session_timeout = '60s'");
      await reader.query("begin");
      await reader.query("select from invitations"); // The newest table, as a long report would.
      expect(() => migrate(url, "rollback")).toThrow(/canceling statement due to lock timeout/);
    });
    expect(await schemaOf(url)).toEqual(before);
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  });

  it("hold no lock for long, since the first one that met a table in use", () => {
    const folder = join(ROOT, "migrations");
    const files = readdirSync(folder).filter((file) => file > LAST_ON_EMPTY_TABLES);
    const findings = files.flatMap((file) =>
      findLongLocks(readFileSync(join(folder, file), "utf8")).map(
        (instead) => `${file}: ${instead}`,
      ),
    );
    expect(findings).toEqual([]);
  });

  it.each([
    ["create index users_name on users (full_name)", "create the index concurrently"],
    ["alter table users alter column email type citext", "add a column of the new type"],
    ["alter table users alter column verification_id set not null", "add a check constraint"],
    ["alter table users add constraint short check (char_length(email) < 99)", "as not valid"],
    ["alter table users add foreign key (id) references others (id)", "as not valid"],
    ["alter table users rename column full_name to name", "beside the old one"],
    ["alter table users drop column full_name", "the release after"],
    ["update users set full_name = upper(full_name)", "in batches"],
    ["create index concurrently users_name on users (full_name)", "transaction: false"],
  ])("must not: %s", (sql, words) => {
    const [instead] = findLongLocks(`export async function up(knex) { await knex.raw("${sql}"); }`);
    expect(instead).toContain(words);
  });

  it.each([
    "alter table users add column nickname text",
    "alter table users add column visits integer not null default 0",
    "alter table users add constraint short check (char_length(email) < 99) not valid",
  ])("may: %s", (sql) => {
    expect(findLongLocks(`export async function up(knex) { await knex.raw("${sql}"); }`)).toEqual(
      [],
    );
  });

  it("may do anything to a table that they have just created", () => {
    const users = readFileSync(join(ROOT, "migrations", "20261126090000_users.ts"), "utf8");
    expect(findLongLocks(users)).toEqual([]);
  });
});
