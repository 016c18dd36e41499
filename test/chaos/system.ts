import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  migrate,
  startWebProcess,
  startWorkerProcess,
  type ProcessEnv,
} from "../servers/enlist.ts";
import { temporaryFolder } from "../servers/folder.ts";
import { freePort } from "../servers/ports.ts";
import { createDatabase, startPostgres, type Postgres } from "../servers/postgres.ts";
import { startRedis } from "../servers/redis.ts";
import { startSmtpSink, type SinkMail, type SmtpSink } from "../servers/smtp-sink.ts";
import type { Program } from "../servers/start.ts";
import { startTcpProxy, type TcpProxy } from "../servers/tcp-proxy.ts";
import { waitFor } from "../servers/wait-for.ts";

/** A program that can be started again after it has ended. */
export interface Part {
  name: string;
  /** The program that runs, or that ran last. */
  program: Program;
  start(): Promise<void>;
}

/** A process of Enlist's, with lines of its own to both stores. */
export interface Process extends Part {
  lines: { postgres: TcpProxy; redis: TcpProxy };
}

interface WebProcess extends Process {
  url: string;
}

export interface WorkerProcess extends Process {
  lines: Process["lines"] & { smtp: TcpProxy };
  /** Its own mail server, so that each copy of a mail tells who sent it. */
  sink: SmtpSink;
  /** What it wrote into its log about each mail, by the verification's id. */
  history: Map<string, { at: number; line: string }[]>;
}

/** A whole Enlist, every part of which can be made to fail. */
export interface System {
  databaseUrl: string;
  redisUrl: string;
  postgres: Part & Pick<Postgres, "freeze" | "crash">;
  redis: Part & { durable: boolean };
  webs: WebProcess[];
  workers: WorkerProcess[];
  /** Every address that a mail has gone to. */
  addresses(): string[];
  /** The mails to an address, in the order of their arrival. */
  mailsTo(address: string): (SinkMail & { by: WorkerProcess })[];
  stop(): Promise<void>;
}

/** What makes a Redis that writes nothing down. */
const FORGETFUL = ["--appendonly", "no", "--save", ""];

/** Starts two webs and two workers on a PostgreSQL, a Redis and mail servers of their own. */
export async function startSystem(): Promise<System> {
  const folder = temporaryFolder("enlist-chaos");
  const postgres = await startDatabase(folder);
  const redis = await startQueue(folder);
  const databaseUrl = `postgres://enlist@127.0.0.1:${postgres.port}/enlist`;
  await createDatabase(databaseUrl.replace(/enlist$/, "postgres"), "enlist");
  migrate(databaseUrl);
  const redisUrl = `redis://127.0.0.1:${redis.port}`;
  const env: ProcessEnv = {
    MAIL_FROM: "Enlist <no-reply@enlist.example>",
    APP_URL: "http://localhost:3000",
    APP_SECRET: "a secret of the campaign that is long enough",
    RATE_LIMITS: "off", // The whole crowd comes from one address.
    WORKER_PORT: "0",
    // A person's hour in a minute: what is mended by the clock is mended ten times as fast.
    VERIFY_EMAIL_BACKOFF_MS: "500",
    JOB_LEASE_MS: "3000",
  };
  const startLines = async () => ({
    postgres: await startTcpProxy(databaseUrl),
    redis: await startTcpProxy(redisUrl),
  });
  // One refuses sign-ups while Redis is unavailable, as the default is; the other owes the mails.
  const webs = await Promise.all(
    (["refuse", "owe"] as const).map(async (WHEN_REDIS_IS_AWAY, n) =>
      web(n, await startLines(), { ...env, WHEN_REDIS_IS_AWAY }),
    ),
  );
  const workers = await Promise.all([0, 1].map(async (n) => worker(n, await startLines(), env)));

  const box = new Map<string, (SinkMail & { by: WorkerProcess })[]>();
  const read = new Map(workers.map((by) => [by, 0]));
  const sort = () => {
    for (const by of workers) {
      for (const mail of by.sink.mails.slice(read.get(by))) {
        const mails = box.get(mail.to) ?? [];
        mails.push({ ...mail, by });
        box.set(
          mail.to,
          mails.toSorted((a, b) => a.at - b.at),
        );
      }
      read.set(by, by.sink.mails.length);
    }
  };
  return {
    databaseUrl,
    redisUrl,
    postgres,
    redis,
    webs,
    workers,
    addresses() {
      sort();
      return [...box.keys()];
    },
    mailsTo(address) {
      sort();
      return box.get(address) ?? [];
    },
    async stop() {
      await Promise.all([...webs, ...workers].map(({ program }) => program.stop()));
      await Promise.all([postgres.program.stop(), redis.program.stop()]);
      await Promise.all(workers.map(({ sink }) => sink.close()));
      for (const { lines } of [...webs, ...workers]) {
        await Promise.all(Object.values(lines).map((line) => line.close()));
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function part(name: string, launch: () => Promise<Program>): Promise<Part> {
  const made: Part = {
    name,
    program: await launch(),
    async start() {
      this.program = await launch(); // Of whatever object this has become a part.
    },
  };
  return made;
}

/** Launches a server on its one port; what a killed one has left behind may take a moment to go. */
function relaunch<T extends { program: Program; port: number }>(
  name: string,
  port: number,
  launch: () => Promise<T>,
): Promise<T> {
  return waitFor(
    `${name} to start`,
    async () => {
      const server = await launch();
      if (server.port === port) return server;
      await server.program.stop();
      return null;
    },
    60_000,
  ) as Promise<T>;
}

async function startDatabase(folder: string) {
  const port = await freePort();
  let server: Postgres;
  const launch = async () => {
    const options = { folder: join(folder, "postgres"), port };
    server = await relaunch("PostgreSQL", port, () => startPostgres(options));
    return server.program;
  };
  const started = await part("postgres", launch);
  return Object.assign(started, {
    port,
    freeze: () => server.freeze(),
    crash: () => server.crash(),
  });
}

async function startQueue(folder: string) {
  const port = await freePort();
  const queue = { port, durable: true };
  const launch = async () => {
    const args = queue.durable ? {} : { args: FORGETFUL };
    const options = { folder: join(folder, "redis"), port, ...args };
    return (await relaunch("Redis", port, () => startRedis(options))).program;
  };
  return Object.assign(queue, await part("redis", launch));
}

async function web(n: number, lines: Process["lines"], env: ProcessEnv): Promise<WebProcess> {
  const port = await freePort();
  const stores = { DATABASE_URL: lines.postgres.url, REDIS_URL: lines.redis.url };
  const ownEnv = { ...env, ...stores };
  const launch = async () => (await startWebProcess("start", port, ownEnv)).program;
  const started = await part(`web ${n}`, launch);
  return Object.assign(started, { lines, url: `http://localhost:${port}` });
}

async function worker(n: number, lines: Process["lines"], env: ProcessEnv): Promise<WorkerProcess> {
  const sink = await startSmtpSink();
  const smtp = await startTcpProxy(sink.url);
  const stores = { DATABASE_URL: lines.postgres.url, REDIS_URL: lines.redis.url };
  const ownEnv = { ...env, ...stores, SMTP_URL: smtp.url };
  const history: WorkerProcess["history"] = new Map();
  const onLine = (line: string) => {
    const id = /"jobId":"([\w-]+)"/.exec(line)?.[1];
    if (id) history.set(id, [...(history.get(id) ?? []), { at: Date.now(), line }]);
  };
  const launch = async () => {
    const program = await startWorkerProcess(ownEnv, { mode: "start", onLine, ready: false });
    await program.said(/worker starting/); // From then on it knows what SIGTERM means.
    return program;
  };
  const started = await part(`worker ${n}`, launch);
  return Object.assign(started, { lines: { ...lines, smtp }, sink, history });
}
