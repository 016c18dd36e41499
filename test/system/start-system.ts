import { rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../servers/folder.ts";
import { startInbox, type Inbox } from "../servers/inbox.ts";
import { freePort } from "../servers/ports.ts";
import { startSmtpSink, type SmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";
import { waitFor } from "../servers/wait-for.ts";
import type { Mode } from "./command.ts";
import { environment, type ProcessEnv, type Servers } from "./environment.ts";
import { migrate } from "./migrate.ts";
import { startPostgresPart, type PostgresPart } from "./start-postgres-part.ts";
import {
  startWebPart,
  startWorkerPart,
  type ProcessPart,
  type WebPart,
} from "./start-process-part.ts";
import { startRedisPart, type RedisPart } from "./start-redis-part.ts";

/** The mail servers that a system may start. */
interface Mail {
  /** Takes mails and behaves as a test tells it. */
  sink: SmtpSink;
  /** Takes mails and shows them on a page. */
  inbox: Inbox;
}

/** What is told of a system as it starts. */
interface Listener {
  /** A server or process has started; a server has its URL. */
  started?(name: string, program: Program, url?: string): void;
  migrated?(output: string): void;
  /** A web or worker has written a line. */
  line?(name: string, line: string): void;
}

export interface SystemOptions<M extends keyof Mail> {
  /** Servers that are there already. All others are started. */
  given?: Partial<Servers>;
  /** Whether the given database has its tables. */
  migrated?: boolean;
  mail?: M;
  mode?: Mode;
  /** The variables of each web on top of `env`; one web if left out. */
  webs?: ProcessEnv[];
  /** The variables of each worker on top of `env`; one worker if left out. */
  workers?: ProcessEnv[];
  env?: ProcessEnv;
  /** Whether each process has a proxy of its own in front of each server. */
  proxied?: boolean;
  /** Whether Redis is up when webs and workers start. */
  redisUp?: boolean;
  /** Settings of PostgreSQL, as `name=value`. */
  postgresSettings?: string[];
  /** The folder that keeps the data; by default one that goes with the system. */
  folder?: string;
  /** The ports to take if they are free. */
  ports?: Partial<Record<"postgres" | "redis" | "smtp" | "inbox" | "web", number>>;
  on?: Listener;
}

/** The servers that were started; those that were given are missing. */
type Started<M extends keyof Mail> = Pick<Mail, M> & { postgres: PostgresPart; redis: RedisPart };

/** A whole Enlist: webs, workers and their servers, all of them real. */
export type System<M extends keyof Mail = "sink"> = Started<M> & {
  /** The first web's. */
  url: string;
  databaseUrl: string;
  redisUrl: string;
  webs: WebPart[];
  workers: ProcessPart[];
  /** Starts one more worker, and waits until it handles jobs unless `ready` is false. */
  addWorker(options?: { ready: boolean }): Promise<ProcessPart>;
  stop(): Promise<void>;
};

/** Starts a system, and waits until it takes sign-ups and handles jobs if Redis is up. */
export async function startSystem<M extends keyof Mail = "sink">({
  given = {},
  migrated = false,
  mail = "sink" as M,
  mode = "start",
  webs: websEnv = [{}],
  workers: workersEnv = [{}],
  env = {},
  proxied = false,
  redisUp = true,
  postgresSettings = [],
  ports = {},
  on = {},
  folder: kept,
}: SystemOptions<M> = {}): Promise<System<M>> {
  const folder = kept ?? temporaryFolder("enlist-system");
  const started = <T extends { program: Program }>(name: string, part: T, url?: string): T => {
    on.started?.(name, part.program, url);
    return part;
  };
  const startDatabase = async () => {
    const options = { folder: join(folder, "postgres"), settings: postgresSettings };
    const port = ports.postgres ? { port: ports.postgres } : {};
    const part = await startPostgresPart({ ...options, ...port });
    return started("postgres", part, part.databaseUrl);
  };
  const startQueue = async () => {
    const part = await startRedisPart(join(folder, "redis"), ports.redis);
    return started("redis", part, part.server.url);
  };
  const startMail = async (): Promise<Partial<Mail>> => {
    if (mail === "sink") return { sink: await startSmtpSink() };
    const inbox = await startInbox({
      folder: join(folder, "inbox"),
      ...(ports.smtp ? { smtpPort: ports.smtp } : {}),
      ...(ports.inbox ? { webPort: ports.inbox } : {}),
    });
    return { inbox: started("inbox", inbox, inbox.smtpUrl) };
  };
  const [postgres, redis, { sink, inbox } = {}] = await Promise.all([
    given.DATABASE_URL ? undefined : startDatabase(),
    given.REDIS_URL ? undefined : startQueue(),
    given.SMTP_URL ? undefined : startMail(),
  ]);
  const webPort = ports.web ?? (await freePort());
  const servers: Servers = {
    DATABASE_URL: given.DATABASE_URL ?? postgres!.databaseUrl,
    REDIS_URL: given.REDIS_URL ?? redis!.server.url,
    SMTP_URL: given.SMTP_URL ?? sink?.url ?? inbox!.smtpUrl,
    APP_URL: given.APP_URL ?? `http://localhost:${webPort}`,
  };
  if (!migrated) {
    const output = migrate(servers.DATABASE_URL);
    on.migrated?.(output);
  }
  if (!redisUp) await redis!.program.stop();

  const shown: ProcessEnv = mode === "dev" && inbox ? { INBOX_URL: inbox.webUrl } : {};
  const settings = (kind: string, n: number, own: ProcessEnv) => ({
    ...{ name: `${kind} ${n}`, mode, proxied },
    env: environment(servers, { ...shown, ...env, ...own }),
    onLine: (line: string) => on.line?.(`${kind} ${n}`, line),
  });
  const startWeb = async (own: ProcessEnv, n: number) => {
    const web = await startWebPart(settings("web", n, own), n === 0 ? webPort : undefined);
    if (redisUp) await waitFor("web", async () => (await fetch(`${web.url}/api/ready`)).ok);
    return started(web.name, web, web.url);
  };
  const startWorker = async (own: ProcessEnv, n: number, ready: boolean) => {
    const worker = await startWorkerPart(settings("worker", n, own));
    if (ready) await worker.program.said(/worker ready/);
    return started(worker.name, worker);
  };
  const [webs, workers] = await Promise.all([
    Promise.all(websEnv.map(startWeb)),
    Promise.all(workersEnv.map((own, n) => startWorker(own, n, redisUp))),
  ]);

  return {
    ...({ postgres, redis, sink, inbox } as Started<M>),
    ...{ webs, workers, url: webs[0]?.url ?? servers.APP_URL },
    databaseUrl: servers.DATABASE_URL,
    redisUrl: servers.REDIS_URL,
    async addWorker({ ready } = { ready: true }) {
      const worker = await startWorker({}, workers.length, ready);
      workers.push(worker);
      return worker;
    },
    async stop() {
      await Promise.all([...webs, ...workers].map(({ program }) => program.stop()));
      await Promise.all([postgres, redis, inbox].map(async (part) => part?.program.stop()));
      await sink?.close();
      for (const { lines } of [...webs, ...workers]) {
        await Promise.all(Object.values(lines).map((line) => line.close()));
      }
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
