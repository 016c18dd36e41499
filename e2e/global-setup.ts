import { rmSync } from "node:fs";
import { join } from "node:path";
import { isBuilt } from "#test/system/build.ts";
import { TEMPLATE } from "#test/system/copy-template.ts";
import { migrate } from "#test/system/migrate.ts";
import { temporaryFolder } from "#test/servers/folder.ts";
import { startPostgresPart } from "#test/system/start-postgres-part.ts";

/** One PostgreSQL with a migrated template; each stack copies it. The build must be there. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (!isBuilt()) {
    throw new Error("there is no production build: run npm run build first");
  }
  const folder = temporaryFolder("enlist-e2e");
  const postgres = await startPostgresPart({
    folder: join(folder, "postgres"),
    database: TEMPLATE,
  });
  migrate(postgres.databaseUrl);
  process.env.E2E_POSTGRES = postgres.server.url("postgres");
  return async () => {
    await postgres.program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
