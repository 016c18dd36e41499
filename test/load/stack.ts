import { rmSync } from "node:fs";
import { join } from "node:path";
import { migrate, startWebProcess, startWorkerProcess } from "../servers/enlist.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { freePort } from "../servers/ports.ts";
import { createDatabase, startPostgres, withClient } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import { residentMemory } from "../servers/resident-memory.ts";
import { startSmtpSink } from "../servers/smtp-sink.ts";

/** One web and one worker with what they need, all on this machine, and how they are. */
export interface Stack {
  webPort: number;
  /** Takes the mails that have come since, so that they need not be kept. */
  takeMails(): { to: string }[];
  /**
   * Users without a mail, of how many; and milliseconds from a sign-up to the record of its mail, of
   * those who have come since.
   */
  mails(since: Date): Promise<{ owed: number; users: number; p50: number; p99: number }>;
  /** Resident memory in MB. */
  memory(): { web: number; worker: number };
  stop(): Promise<void>;
}

export async function startStack(): Promise<Stack> {
  const folder = temporaryFolder("enlist-load");
  const postgres = await startPostgres({ folder: join(folder, "postgres") });
  await createDatabase(postgres.url("postgres"), "enlist");
  const databaseUrl = postgres.url("enlist");
  migrate(databaseUrl);
  const redis = await startRedis({ folder: join(folder, "redis") });
  const sink = await startSmtpSink();
  const webPort = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    SMTP_URL: sink.url,
    MAIL_FROM: "Enlist <no-reply@enlist.example>",
    APP_URL: `http://localhost:${webPort}`,
    APP_SECRET: "a secret of the load test that is long enough",
    RATE_LIMITS: "off", // Everybody comes from one address.
  };
  const web = (await startWebProcess("start", webPort, env)).program;
  const worker = await startWorkerProcess(env, { mode: "start" });
  return {
    webPort,
    takeMails: () => sink.mails.splice(0),
    mails: (since) =>
      withClient(databaseUrl, async (client) => {
        const { rows } = await client.query(
          `with delay as (
             select extract(epoch from v.sent_at - u.created_at) * 1000 as ms,
                    u.created_at >= $1 as late
             from users u join email_verifications v on v.id = u.verification_id
           )
           select count(*)::int as users, (count(*) filter (where ms is null))::int as owed,
                  round(percentile_cont(0.5) within group (order by ms) filter (where late))::int as p50,
                  round(percentile_cont(0.99) within group (order by ms) filter (where late))::int as p99
           from delay`,
          [since],
        );
        return rows[0];
      }),
    memory: () => ({ web: residentMemory(web), worker: residentMemory(worker) }),
    async stop() {
      await Promise.all([web.stop(), worker.stop()]);
      await sink.close();
      await Promise.all([postgres.program.stop(), redis.program.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
