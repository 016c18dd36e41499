// npm run migrate, and enlist.js migrate in a build, which has no folder of migrations.
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import knex, { type Knex } from "knex";
import knexfile from "../../knexfile.ts";

/** The names of the migration files, inserted by scripts/bundle.ts. */
declare const MIGRATIONS: string[] | undefined;

const names =
  typeof MIGRATIONS === "object"
    ? MIGRATIONS
    : readdirSync(new URL("../../migrations", import.meta.url));

const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(names.toSorted()),
  // The same names as with the knex command, so that either sees what the other did.
  getMigrationName: (name) => name,
  getMigration: (name) => import(`../../migrations/${name}`) as Promise<Knex.Migration>,
};

const db = knex({ ...knexfile, migrations: { migrationSource } });
try {
  const { values } = parseArgs({ options: { unlock: { type: "boolean" } } });
  if (values.unlock) await db.migrate.forceFreeMigrationsLock();
  const [batch, ran] = (await db.migrate.latest()) as [number, string[]];
  const done = `Batch ${batch} run: ${ran.length} migrations`;
  process.stdout.write(`${ran.length > 0 ? done : "Already up to date"}\n`);
} catch (error) {
  const { name, message } = error as Error;
  // A migration that was killed leaves its lock.
  const advice = name === "MigrationLocked" ? "; if none is running, use migrate --unlock" : "";
  process.stderr.write(`migrate: ${message}${advice}\n`);
  process.exitCode = 1;
} finally {
  await db.destroy();
}
