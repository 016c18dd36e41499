import { rmSync } from "node:fs";
import { join } from "node:path";
import { createDb } from "#src/platform/db.ts";
import type { Knex } from "knex";
import {
  migrate,
  startWebProcess,
  startWorkerProcess,
  type ProcessEnv,
} from "../servers/enlist.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { freePort } from "../servers/ports.ts";
import { createDatabase, startPostgres } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import { startSmtpSink, type SmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";

/** A whole Enlist as in production, on stores of its own. */
export interface System {
  web: Program;
  worker: Program;
  port: number;
  db: Knex;
  sink: SmtpSink;
  /** What web and worker have written since this was asked last. */
  readLog(): string[];
  stop(): Promise<void>;
}

export async function startSystem(): Promise<System> {
  const folder = temporaryFolder("enlist-fuzz");
  const postgres = await startPostgres({
    folder: join(folder, "postgres"),
    settings: ["fsync=off"],
  });
  const redis = await startRedis({ folder: join(folder, "redis") });
  const sink = await startSmtpSink();
  await createDatabase(postgres.url("postgres"), "enlist");
  const url = postgres.url("enlist");
  migrate(url);
  const port = await freePort();
  const env: ProcessEnv = {
    DATABASE_URL: url,
    REDIS_URL: redis.url,
    SMTP_URL: sink.url,
    MAIL_FROM: "Enlist <no-reply@enlist.example>",
    APP_URL: `http://localhost:${port}`,
    APP_SECRET: "a secret of the fuzzing that is long enough",
    RATE_LIMITS: "off",
    METRICS_TOKEN: "a token that nobody is told",
    WORKER_PORT: "0",
    LOG_LEVEL: "debug",
  };
  const log: string[] = [];
  const onLine = (line: string) => void log.push(line);
  const worker = await startWorkerProcess(env, { onLine });
  const { program: web } = await startWebProcess("start", port, env, onLine);
  const db = createDb({ url, pool: 2 });
  return {
    web,
    worker,
    port,
    db,
    sink,
    readLog: () => log.splice(0),
    async stop() {
      await db.destroy();
      for (const program of [web, worker, redis.program, postgres.program]) await program.stop();
      await sink.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
