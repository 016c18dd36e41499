import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { migrate, type ProcessEnv } from "../servers/enlist.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { createDatabase, startPostgres, withClient } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";

/** The servers that all rows share, and where they are. */
export interface Stage {
  folder: string;
  /** The environment of a web or worker; each row gets a database and a Redis prefix of its own. */
  env: ProcessEnv;
  stop(): Promise<void>;
}

const TEMPLATE = "template_enlist";

/** Starts PostgreSQL and Redis as they are run in production: both write to the disk what they have taken. */
export async function startStage(): Promise<Stage> {
  const folder = temporaryFolder("enlist-bench");
  const postgres = await startPostgres({ folder: join(folder, "postgres"), settings: SETTINGS });
  const redis = await startRedis({ folder: join(folder, "redis") });
  await createDatabase(postgres.url("postgres"), TEMPLATE);
  migrate(postgres.url(TEMPLATE));
  return {
    folder,
    env: {
      NODE_ENV: "production", // As npm run worker sets it, and Next by itself.
      DATABASE_URL: postgres.url(TEMPLATE),
      REDIS_URL: redis.url,
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "Enlist <no-reply@enlist.example>",
      APP_URL: "http://localhost:3000",
      APP_SECRET: "a secret of the bench that is long enough",
      CHECK_MAIL_DOMAINS: "reserved",
      // The limits count as they always do, but everybody is one client.
      SIGNUPS_PER_HOUR: "1000000",
      MAILS_PER_HOUR: "1000000",
    },
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
  const id = randomUUID().replaceAll("-", "");
  const url = new URL(env.DATABASE_URL!);
  url.pathname = "/postgres";
  await withClient(url.href, (client) =>
    client.query(`create database bench_${id} template ${TEMPLATE}`),
  );
  url.pathname = `/bench_${id}`;
  return { ...env, DATABASE_URL: url.href, REDIS_PREFIX: `bench-${id}` };
}
