import { freePort } from "../servers/ports.ts";
import { createDatabase, startPostgres, type Postgres } from "../servers/postgres.ts";
import { relaunch, startPart, type Part } from "./part.ts";

interface PostgresPartOptions {
  folder: string;
  /** The port to take if it is free. */
  port?: number;
  /** Settings, as `name=value`. */
  settings?: string[];
  /** The database that is made in it. */
  database?: string;
}

export interface PostgresPart extends Part<Postgres> {
  databaseUrl: string;
}

/** Starts PostgreSQL with an empty database. */
export async function startPostgresPart({
  folder,
  port: wanted,
  settings = [],
  database = "enlist",
}: PostgresPartOptions): Promise<PostgresPart> {
  const port = await freePort(wanted);
  const part = await startPart("postgres", () =>
    relaunch("PostgreSQL", port, () => startPostgres({ folder, port, settings })),
  );
  await createDatabase(part.server.url("postgres"), database);
  return Object.assign(part, { databaseUrl: part.server.url(database) });
}
