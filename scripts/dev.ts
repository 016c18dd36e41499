// npm run dev: everything that Enlist needs, on this machine, until Ctrl-C.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import prettyFactory from "pino-pretty";
import {
  migrate,
  startWebProcess,
  startWorkerProcess,
  type ProcessEnv,
  type Web,
} from "#test/servers/enlist.ts";
import { dataFolder } from "#test/servers/folder.ts";
import { startInbox } from "#test/servers/inbox.ts";
import { accepts, isFree } from "#test/servers/ports.ts";
import { createDatabase, startPostgres } from "#test/servers/postgres.ts";
import { startRedis } from "#test/servers/redis.ts";
import { supervise } from "#test/servers/supervise.ts";

/** Where the embedded parts listen, if nobody else does; .env.example names the same addresses. */
const PORTS = { postgres: 54320, redis: 63790, smtp: 10250 };
const EMBEDDED = {
  DATABASE_URL: `postgres://enlist@127.0.0.1:${PORTS.postgres}/enlist`,
  REDIS_URL: `redis://127.0.0.1:${PORTS.redis}`,
  SMTP_URL: `smtp://127.0.0.1:${PORTS.smtp}`,
};

const supervisor = supervise("npm run dev");
try {
  await main();
} catch (error) {
  // What is stopped while it starts may well complain.
  if (!supervisor.isEnding())
    await supervisor.end(1, error instanceof Error ? error.message : String(error));
}

async function main(): Promise<void> {
  loadEnvFile();
  const port = portFrom("PORT", 3000);
  const inboxPort = portFrom("INBOX_PORT", 1080);
  const folder = dataFolder();
  const fresh = wantsFresh(process.argv.slice(2));
  if (port === inboxPort) throw new Error(`PORT and INBOX_PORT are both ${port}.`);
  await requireFree(port, "the page", "PORT");
  if (!external("SMTP_URL")) await requireFree(inboxPort, "the inbox", "INBOX_PORT");
  if (fresh) {
    requireStopped(folder);
    rmSync(folder, { recursive: true, force: true });
  }

  const [DATABASE_URL, REDIS_URL, mail] = await Promise.all([
    databaseUrl(folder),
    redisUrl(folder),
    inbox(folder, inboxPort),
  ]);
  const env: ProcessEnv = {
    DATABASE_URL,
    REDIS_URL,
    ...mail,
    APP_URL: process.env.APP_URL || `http://localhost:${port}`,
    APP_SECRET: process.env.APP_SECRET || "development-only-secret-not-for-production",
    MAIL_FROM: process.env.MAIL_FROM || "Enlist <no-reply@enlist.example>",
  };
  say("Migrations", migrateOrAdvise(DATABASE_URL));

  say("Page", "compiling …");
  const [web] = await Promise.all([startPage(port, env), startMailing(env)]);
  process.stdout.write(`
  Sign up  ${web.url}
  Inbox    ${env.INBOX_URL ?? env.SMTP_URL}

  Ctrl-C stops everything. The data stays in ${folder}
  (npm run dev -- --fresh starts over).

`);
}

/** A database of an older set of migrations cannot be brought up to date: nothing has been released. */
function migrateOrAdvise(url: string): string {
  try {
    return migrate(url).split("\n").at(-1) ?? "";
  } catch (error) {
    if (!/migration directory is corrupt/.test((error as Error).message)) throw error;
    throw new Error(
      "The database is of an older set of migrations; start over: npm run dev -- --fresh",
      { cause: error },
    );
  }
}

async function startPage(port: number, env: ProcessEnv): Promise<Web> {
  const web = await startWebProcess("dev", port, env, printer("web"));
  supervisor.watch(web.program, { said: true });
  await compile(web.url);
  await web.program.said(/warming-up/);
  return web;
}

async function startMailing(env: ProcessEnv): Promise<void> {
  const worker = await startWorkerProcess(env, { onLine: printer("worker") });
  supervisor.watch(worker, { said: true });
  say("Worker", "ready");
}

async function databaseUrl(folder: string): Promise<string> {
  const given = external("DATABASE_URL");
  if (given) return reachable("DATABASE_URL", given, 5432);
  say("PostgreSQL", "starting …");
  const postgres = await startPostgres({ folder: join(folder, "postgres"), port: PORTS.postgres });
  supervisor.watch(postgres.program);
  await createDatabase(postgres.url("postgres"), "enlist");
  say("PostgreSQL", moved("DATABASE_URL", postgres.url("enlist")));
  return postgres.url("enlist");
}

async function redisUrl(folder: string): Promise<string> {
  const given = external("REDIS_URL");
  if (given) return reachable("REDIS_URL", given, 6379);
  const redis = await startRedis({ folder: join(folder, "redis"), port: PORTS.redis });
  supervisor.watch(redis.program);
  say("Redis", moved("REDIS_URL", redis.url));
  return redis.url;
}

async function inbox(folder: string, webPort: number): Promise<ProcessEnv> {
  const given = external("SMTP_URL");
  if (given) return { SMTP_URL: await reachable("SMTP_URL", given, 587) };
  const started = await startInbox({
    folder: join(folder, "inbox"),
    smtpPort: PORTS.smtp,
    webPort,
  });
  supervisor.watch(started.program);
  say("Inbox", moved("SMTP_URL", started.smtpUrl));
  return { SMTP_URL: started.smtpUrl, INBOX_URL: started.webUrl };
}

/** A server of the user's own; the addresses of .env.example mean the embedded ones. */
function external(name: keyof typeof EMBEDDED): string | undefined {
  const value = process.env[name];
  return value && value !== EMBEDDED[name] ? value : undefined;
}

async function reachable(name: string, value: string, defaultPort: number): Promise<string> {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url?.hostname) throw new Error(`${name} is no URL with a host.`);
  const port = Number(url.port) || defaultPort;
  if (await accepts(url.hostname, port)) return value;
  throw new Error(`${name} names ${url.hostname}:${port}, but nothing answers there.`);
}

/** The address of an embedded part, and a word where it is not the one that .env.example has. */
function moved(name: keyof typeof EMBEDDED, url: string): string {
  return url === EMBEDDED[name] ? url : `${url} (its usual port is taken)`;
}

function wantsFresh(args: string[]): boolean {
  const unknown = args.find((arg) => arg !== "--fresh");
  if (unknown) throw new Error(`unknown option ${unknown}; there is only --fresh.`);
  return args.includes("--fresh");
}

/** Another run must not lose the data under its feet. */
function requireStopped(folder: string): void {
  const file = join(folder, "postgres", "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n", 1)[0]) : 0;
  try {
    if (pid > 0) process.kill(pid, 0);
    else return;
  } catch {
    return; // Left behind by a run that was killed.
  }
  throw new Error(`another run still uses ${folder} (process ${pid}): stop that one first.`);
}

function portFrom(name: string, byDefault: number): number {
  const port = Number(process.env[name] || byDefault);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${name} must be a port, a number from 1 to 65535.`);
}

async function requireFree(port: number, what: string, variable: string): Promise<void> {
  if (await isFree(port)) return;
  throw new Error(
    `Port ${port}, which ${what} needs, is taken: end the program that has it, or choose another with ${variable}=….`,
  );
}

/** Development compiles on the first visit; making it now keeps that wait from the first person. */
async function compile(url: string): Promise<void> {
  await Promise.all([
    fetch(`${url}/verify`),
    fetch(`${url}/signup/check-inbox`),
    // Refused for its username, but only after all else has been looked at.
    fetch(`${url}/api/trpc/createUser`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": "warming-up" },
      body: JSON.stringify({ username: "", password: "warming up" }),
    }),
  ]);
}

/** Shows a program's lines behind its name, and those of the log for people instead of machines. */
function printer(name: string): (line: string) => void {
  const pretty = prettyFactory.prettyFactory({
    colorize: process.stdout.isTTY,
    ignore: "pid,hostname,name",
    singleLine: true,
  });
  return (line) => {
    process.stdout.write(`${name.padEnd(7)}${line.startsWith("{") ? pretty(line) : `${line}\n`}`);
  };
}

function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function say(what: string, text: string): void {
  process.stdout.write(`  ${what.padEnd(12)}${text}\n`);
}
