import { rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../scripts/services/enlist.ts";
import { temporaryFolder } from "../../scripts/services/folder.ts";
import { createDatabase, startPostgres } from "../../scripts/services/postgres.ts";
import { startRedis } from "../../scripts/services/redis.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The URL of the PostgreSQL server's database "postgres". */
    postgresUrl: string;
    redisUrl: string;
  }
}

/** The database that each test file gets a copy of. */
export const TEMPLATE = "enlist_template";

/** Starts one PostgreSQL, with a migrated template, and one Redis for all test files. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = temporaryFolder("enlist-test");
  const postgres = await startPostgres({
    folder: join(folder, "postgres"),
    settings: ["fsync=off", "max_connections=300"],
  });
  const redis = await startRedis({ folder: join(folder, "redis") });
  await createDatabase(postgres.url("postgres"), TEMPLATE);
  migrate(postgres.url(TEMPLATE));
  project.provide("postgresUrl", postgres.url("postgres"));
  project.provide("redisUrl", redis.url);
  return async () => {
    await Promise.all([postgres.program.stop(), redis.program.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}
