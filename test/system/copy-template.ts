import { randomUUID } from "node:crypto";
import { withClient } from "../servers/postgres.ts";

/** The migrated database of a PostgreSQL server for tests, which each test or row copies. */
export const TEMPLATE = "enlist_template";

/**
 * Copies the template to a database that nobody else has.
 * @param server the URL of any database of that server, such as `postgres`
 * @returns the new database's URL
 */
export async function copyTemplate(server: string): Promise<string> {
  const name = `copy_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(server);
  url.pathname = "/postgres";
  await withClient(url.href, (client) =>
    client.query(`create database ${name} template ${TEMPLATE}`),
  );
  url.pathname = `/${name}`;
  return url.href;
}
