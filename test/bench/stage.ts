import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../servers/folder.ts";
import { copyTemplate, TEMPLATE } from "../system/copy-template.ts";
import { environment, type ProcessEnv } from "../system/environment.ts";
import { migrate } from "../system/migrate.ts";
import { startPostgresPart } from "../system/start-postgres-part.ts";
import { startRedisPart } from "../system/start-redis-part.ts";
import type { Bench } from "./row.ts";

/** The servers that all rows share, and where they are. */
export interface Stage {
  folder: string;
  /** The environment of a web or worker; each row gets a database and a Redis prefix of its own. */
  env: ProcessEnv;
  servers: Bench["servers"];
  stop(): Promise<void>;
}

/** Starts PostgreSQL and Redis as they are run in production: both write to the disk what they have taken. */
export async function startStage(): Promise<Stage> {
  const folder = temporaryFolder("enlist-bench");
  const postgres = await startPostgresPart({
    folder: join(folder, "postgres"),
    settings: SETTINGS,
    database: TEMPLATE,
  });
  const redis = await startRedisPart(join(folder, "redis"));
  migrate(postgres.databaseUrl);
  const servers = {
    DATABASE_URL: postgres.databaseUrl,
    REDIS_URL: redis.server.url,
    SMTP_URL: "smtp://127.0.0.1:1",
    APP_URL: "http://localhost:3000",
  };
  return {
    folder,
    env: environment(servers, {
      NODE_ENV: "production", // As npm run worker sets it, and Next by itself.
      // The limits count as they always do, but everybody is one client.
      SIGNUPS_PER_HOUR: "1000000",
      MAILS_PER_HOUR: "1000000",
    }),
    servers: { PostgreSQL: postgres.program.pid, Redis: redis.program.pid },
    async stop() {
      await Promise.all([postgres.program.stop(), redis.program.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A million users lie in `growth`; with 128 MB of memory its own would be the disk's. Checkpoints
 * lie further apart than a row takes, so that none falls on one side alone.
 */
const SETTINGS = [
  "shared_buffers=1GB",
  "max_wal_size=8GB",
  "checkpoint_timeout=30min",
  "max_connections=200",
];

/** The same environment with a migrated database and a Redis prefix that nobody else has. */
export async function freshEnv(env: ProcessEnv): Promise<ProcessEnv> {
  const url = await copyTemplate(env.DATABASE_URL!);
  return { ...env, DATABASE_URL: url, REDIS_PREFIX: `bench-${randomUUID()}` };
}
