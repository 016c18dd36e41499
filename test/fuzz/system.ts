import type { Knex } from "knex";
import { createDb } from "#src/platform/db.ts";
import type { SmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";
import { CROWD } from "../system/environment.ts";
import { APPLICATION, SECRET } from "./inputs.ts";
import { startSystem } from "../system/start-system.ts";

/** A whole Enlist as in production, whose log and rows can be read. */
export interface ReadableSystem {
  web: Program;
  worker: Program;
  port: number;
  db: Knex;
  sink: SmtpSink;
  /** What web and worker have written since this was asked last. */
  readLog(): string[];
  stop(): Promise<void>;
}

export async function startReadableSystem(): Promise<ReadableSystem> {
  const log: string[] = [];
  const system = await startSystem({
    postgresSettings: ["fsync=off"],
    env: {
      ...CROWD,
      METRICS_TOKEN: "a token that nobody is told",
      LOG_LEVEL: "debug",
      RETURN_URL: APPLICATION,
      HANDOFF_SECRET: SECRET,
    },
    on: { line: (_, line) => void log.push(line) },
  });
  const { webs, workers, sink, databaseUrl, url } = system;
  const db = createDb({ url: databaseUrl, pool: 2 });
  return {
    web: webs[0]!.program,
    worker: workers[0]!.program,
    port: Number(new URL(url).port),
    ...{ db, sink },
    readLog: () => log.splice(0),
    async stop() {
      await db.destroy();
      await system.stop();
    },
  };
}
