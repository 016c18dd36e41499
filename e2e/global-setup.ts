import { rmSync } from "node:fs";
import { join } from "node:path";
import { isBuilt, migrate } from "#test/servers/enlist.ts";
import { temporaryFolder } from "#test/servers/folder.ts";
import { createDatabase, startPostgres } from "#test/servers/postgres.ts";

/** One PostgreSQL with a migrated template; each stack copies it. The build must be there. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (!isBuilt()) {
    throw new Error("there is no production build: run npm run build first");
  }
  const folder = temporaryFolder("enlist-e2e");
  const postgres = await startPostgres({ folder: join(folder, "postgres") });
  await createDatabase(postgres.url("postgres"), "enlist_template");
  migrate(postgres.url("enlist_template"));
  process.env.E2E_POSTGRES = postgres.url("postgres");
  return async () => {
    await postgres.program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
