import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { afterAll, inject } from "vitest";
import { withClient } from "../../scripts/services/postgres.ts";
import { createDb } from "#src/server/db.ts";
import { TEMPLATE } from "./global-setup.ts";

export interface TestDatabase {
  url: string;
  db: Knex;
}

/** A migrated database of this test file's own, gone when the file is through. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await withClient(server, (client) =>
    client.query(`create database ${name} template ${TEMPLATE}`),
  );
  const url = server.replace(/postgres$/, name);
  const db = createDb({ url, pool: 10 });
  afterAll(async () => {
    await db.destroy();
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  });
  return { url, db };
}

/** Whether one transaction of this database waits for another. */
export async function isBlocked(db: Knex): Promise<boolean> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount > 0;
}
