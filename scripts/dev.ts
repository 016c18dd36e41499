// npm run dev: everything that Enlist needs, on this machine, until Ctrl-C.
import { rmSync } from "node:fs";
import { join } from "node:path";
import prettyFactory from "pino-pretty";
import { migrate, startWeb, startWorker, type ProcessEnv } from "./services/enlist.ts";
import { dataFolder } from "./services/folder.ts";
import { startInbox } from "./services/inbox.ts";
import { isFree } from "./services/ports.ts";
import { createDatabase, startPostgres } from "./services/postgres.ts";
import { startRedis } from "./services/redis.ts";
import type { Program } from "./services/start.ts";

/** Where the embedded parts listen, if nobody else does; .env.example names the same addresses. */
const PORTS = { postgres: 54320, redis: 63790, smtp: 10250 };
const EMBEDDED = {
  DATABASE_URL: `postgres://enlist@127.0.0.1:${PORTS.postgres}/enlist`,
  REDIS_URL: `redis://127.0.0.1:${PORTS.redis}`,
  SMTP_URL: `smtp://127.0.0.1:${PORTS.smtp}`,
};

const running: Program[] = [];
let stopping: Promise<void> | undefined;

process
  .on("SIGINT", () => void end(0))
  .on("SIGTERM", () => void end(0))
  .on("SIGHUP", () => void end(0));
endWithParent();

try {
  await main();
} catch (error) {
  await end(1, error instanceof Error ? error.message : String(error));
}

async function main(): Promise<void> {
  loadEnvFile();
  const port = portFrom("PORT", 3000);
  const inboxPort = portFrom("INBOX_PORT", 1080);
  const folder = dataFolder();
  if (process.argv.includes("--fresh")) rmSync(folder, { recursive: true, force: true });
  await requireFree(port, "the page", "PORT");

  const env: ProcessEnv = {
    DATABASE_URL: await databaseUrl(folder),
    REDIS_URL: await redisUrl(folder),
    ...(await inbox(folder, inboxPort)),
    APP_URL: process.env.APP_URL ?? `http://localhost:${port}`,
    APP_SECRET: process.env.APP_SECRET ?? "development-only-secret-not-for-production",
    MAIL_FROM: process.env.MAIL_FROM ?? "Enlist <no-reply@enlist.example>",
  };
  say("Migrations", migrate(env.DATABASE_URL!).split("\n").at(-1) ?? "");

  const pretty = prettyFactory.prettyFactory({
    colorize: process.stdout.isTTY,
    ignore: "pid,hostname,name",
    singleLine: true,
  });
  const print = (name: string) => (line: string) => {
    process.stdout.write(`${name.padEnd(7)}${line.startsWith("{") ? pretty(line) : `${line}\n`}`);
  };
  watch(await startWorker(env, { onLine: print("worker") }));
  say("Worker", "ready");
  say("Page", "compiling …");
  const web = await startWeb("dev", port, env, print("web"));
  watch(web.program);
  await compile(web.url);
  process.stdout.write(`
  Sign up  ${web.url}
  Inbox    ${env.INBOX_URL ?? env.SMTP_URL}

  Ctrl-C stops everything. The data stays in ${folder}
  (npm run dev -- --fresh starts over).

`);
}

async function databaseUrl(folder: string): Promise<string> {
  const given = external("DATABASE_URL");
  if (given) return given;
  say("PostgreSQL", "starting …");
  const postgres = await startPostgres({ folder: join(folder, "postgres"), port: PORTS.postgres });
  watch(postgres.program);
  await createDatabase(postgres.url("postgres"), "enlist");
  say("PostgreSQL", postgres.url("enlist"));
  return postgres.url("enlist");
}

async function redisUrl(folder: string): Promise<string> {
  const given = external("REDIS_URL");
  if (given) return given;
  const redis = await startRedis({ folder: join(folder, "redis"), port: PORTS.redis });
  watch(redis.program);
  say("Redis", redis.url);
  return redis.url;
}

async function inbox(folder: string, webPort: number): Promise<ProcessEnv> {
  const given = external("SMTP_URL");
  if (given) return { SMTP_URL: given };
  await requireFree(webPort, "the inbox", "INBOX_PORT");
  const started = await startInbox({
    folder: join(folder, "inbox"),
    smtpPort: PORTS.smtp,
    webPort,
  });
  watch(started.program);
  say("Inbox", started.webUrl);
  return { SMTP_URL: started.smtpUrl, INBOX_URL: started.webUrl };
}

/** A server of the user's own; the addresses of .env.example mean the embedded ones. */
function external(name: keyof typeof EMBEDDED): string | undefined {
  const value = process.env[name];
  return value && value !== EMBEDDED[name] ? value : undefined;
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
    // Refused for its username, but only after all else has been looked at.
    fetch(`${url}/api/trpc/createUser`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "", password: "warming up" }),
    }),
  ]);
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

/** The death of one part ends all of them. */
function watch(program: Program): void {
  running.unshift(program);
  void program.ended.then((how) => {
    if (!stopping)
      void end(1, `${program.name} ${how}; stopping everything.\n${program.lastLines()}`);
  });
}

/** Stops what was started, the last first, and leaves. */
function end(code: number, message?: string): Promise<void> {
  stopping ??= (async () => {
    if (message) process.stderr.write(`\nnpm run dev: ${message}\n`);
    else process.stdout.write("\n  Stopping …\n");
    for (const program of running) await program.stop();
    process.exit(code);
  })();
  return stopping;
}

/** npm may be killed in a way that it cannot pass on; then nobody is left to press Ctrl-C. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(1, "npm has ended; stopping everything.");
  }, 500).unref();
}
