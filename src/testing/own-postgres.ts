import { rmSync } from "node:fs";
import { afterAll } from "vitest";
import { temporaryFolder } from "../../scripts/services/folder.ts";
import { startPostgres, type Postgres } from "../../scripts/services/postgres.ts";

export interface OwnPostgres {
  /** The URL of its database "postgres". */
  url: string;
  server(): Postgres;
  /** Starts it again, after it was stopped. */
  start(): Promise<void>;
}

/** A PostgreSQL server, another cluster, that a test may stop or freeze without hurting others. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = temporaryFolder("enlist-postgres");
  const settings = ["fsync=off"];
  let server = await startPostgres({ folder: `${folder}/data`, settings });
  const { port } = server;
  afterAll(async () => {
    await server.program.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: server.url("postgres"),
    server: () => server,
    async start() {
      server = await startPostgres({ folder: `${folder}/data`, settings, port });
      if (server.port !== port) throw new Error(`the port ${port} was taken meanwhile`);
    },
  };
}
