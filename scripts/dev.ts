// npm run dev: runs everything that Enlist needs on this machine, until Ctrl-C.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import prettyFactory from "pino-pretty";
import { exampleSettings, startExampleApp } from "#test/servers/example-app.ts";
import { dataFolder } from "#test/servers/folder.ts";
import { accepts, isFree } from "#test/servers/ports.ts";
import { supervise } from "#test/servers/supervise.ts";
import type { ProcessEnv, Servers } from "#test/system/environment.ts";
import { startSystem } from "#test/system/start-system.ts";
import { EMBEDDED, PORTS } from "./embedded.mjs";

/** The parts as people read them, and the variable that names the server. */
const PARTS = {
  postgres: ["PostgreSQL", "DATABASE_URL"],
  redis: ["Redis", "REDIS_URL"],
  inbox: ["Inbox", "SMTP_URL"],
  web: ["Page", undefined],
  worker: ["Worker", undefined],
} as const;

const pretty = prettyFactory.prettyFactory({
  colorize: process.stdout.isTTY,
  ignore: "pid,hostname,name",
  singleLine: true,
});

const supervisor = supervise("npm run dev");
try {
  await main();
} catch (error) {
  // A program that is stopped while it starts may report errors.
  if (!supervisor.isEnding()) await supervisor.end(1, advise(error));
}

async function main(): Promise<void> {
  loadEnvFile();
  const port = portFrom("PORT", 3000);
  const inboxPort = portFrom("INBOX_PORT", 1080);
  const folder = dataFolder();
  const fresh = wantsFresh(process.argv.slice(2));
  const examplePort = hasApplication() ? undefined : portFrom("EXAMPLE_PORT", 3001);
  requireDistinct({ PORT: port, INBOX_PORT: inboxPort, EXAMPLE_PORT: examplePort });
  await requireFree(port, "the page", "PORT");
  if (!external("SMTP_URL")) await requireFree(inboxPort, "the inbox", "INBOX_PORT");
  if (examplePort) await requireFree(examplePort, "the example", "EXAMPLE_PORT");
  if (fresh) {
    requireStopped(folder);
    rmSync(folder, { recursive: true, force: true });
  }

  const given = await givenServers();
  if (!given.DATABASE_URL) say("PostgreSQL", "starting …");
  const system = await startSystem({
    ...{ given, folder, mail: "inbox", mode: "dev" },
    env: { ...(examplePort ? exampleSettings(examplePort) : {}), ...chosen() },
    ports: { ...PORTS, inbox: inboxPort, web: port },
    on: {
      started(name, program, url) {
        const [label, variable] = PARTS[name.split(" ")[0] as keyof typeof PARTS];
        supervisor.watch(program, { said: variable === undefined });
        if (variable) say(label, moved(variable, url!));
        else say(label, "ready");
      },
      migrated(output) {
        say("Migrations", output.split("\n").at(-1) ?? "");
        say("Page", "compiling …");
      },
      line: (name, line) => print(name.split(" ")[0]!, line),
    },
  });
  const [example] = await Promise.all([
    examplePort && startExample(examplePort, system.databaseUrl, given.APP_URL ?? system.url),
    compile(system.url),
  ]);
  await system.webs[0]!.program.said(/warming-up/);
  process.stdout.write(`
  Sign up  ${system.url}
  Inbox    ${given.SMTP_URL ?? system.inbox.webUrl}
  Example  ${example || leftOut()}

  Ctrl-C stops everything. The data stays in ${folder}
  (npm run dev -- --fresh starts over).

`);
}

/** Starts examples/app, the application that people continue to, and gives its address. */
async function startExample(port: number, databaseUrl: string, enlistUrl: string) {
  const { program, url } = await startExampleApp({
    ...{ port, databaseUrl, enlistUrl },
    onLine: (line) => print("example", line),
  });
  supervisor.watch(program, { said: true });
  return url;
}

/** Whether the user has named an application, which the example must not replace. */
function hasApplication(): boolean {
  const names = ["RETURN_URL", "WEBHOOK_URL", "HANDOFF_SECRET", "SIGN_IN_URL"];
  return names.some((name) => process.env[name]);
}

function leftOut(): string {
  const codes = process.env.HANDOFF_SECRET ? "" : ", which gets no codes without HANDOFF_SECRET";
  return `left out, as you have named an application of your own${codes}`;
}

/** A database of an older set of migrations cannot be brought up to date: nothing has been released. */
function advise(error: unknown): string {
  const message = withCause(error);
  return /migration directory is corrupt/.test(message)
    ? "The database is of an older set of migrations; start over: npm run dev -- --fresh"
    : message;
}

function withCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}: ${withCause(error.cause)}` : error.message;
}

/** The servers of the user's own, each of which must answer. */
async function givenServers(): Promise<Partial<Servers>> {
  const ports = { DATABASE_URL: 5432, REDIS_URL: 6379, SMTP_URL: 587 };
  const given: Partial<Servers> = process.env.APP_URL ? { APP_URL: process.env.APP_URL } : {};
  for (const [name, port] of Object.entries(ports) as [keyof typeof EMBEDDED, number][]) {
    const url = external(name);
    if (url) given[name] = await reachable(name, url, port);
  }
  return given;
}

/** What the user has set of that which has a default in development. */
function chosen(): ProcessEnv {
  const names = ["MAIL_FROM", "CHECK_MAIL_DOMAINS"];
  const set = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const secret = process.env.APP_SECRET || "development-only-secret-not-for-production";
  return { APP_SECRET: secret, ...Object.fromEntries(set) };
}

/** A server of the user's own. The addresses in .env.example mean the embedded ones. */
function external(name: keyof typeof EMBEDDED): string | undefined {
  const value = process.env[name];
  return value && value !== EMBEDDED[name] ? value : undefined;
}

async function reachable(name: string, value: string, defaultPort: number): Promise<string> {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url?.hostname) throw new Error(`${name} must be a URL with a host.`);
  const port = Number(url.port) || defaultPort;
  if (await accepts(url.hostname, port)) return value;
  throw new Error(`${name} names ${url.hostname}:${port}, but nothing answers there.`);
}

/** The address of an embedded server, with a note if it differs from .env.example. */
function moved(name: keyof typeof EMBEDDED, url: string): string {
  return url === EMBEDDED[name] ? url : `${url} (its usual port is in use)`;
}

function wantsFresh(args: string[]): boolean {
  const unknown = args.find((arg) => arg !== "--fresh");
  if (unknown) throw new Error(`unknown option ${unknown}; there is only --fresh.`);
  return args.includes("--fresh");
}

/** Deleting the data of another running instance would break it. */
function requireStopped(folder: string): void {
  const file = join(folder, "postgres", "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n", 1)[0]) : 0;
  try {
    if (pid > 0) process.kill(pid, 0);
    else return;
  } catch {
    return; // Left behind by a killed run.
  }
  throw new Error(`another run still uses ${folder} (process ${pid}): stop that one first.`);
}

function portFrom(name: string, byDefault: number): number {
  const port = Number(process.env[name] || byDefault);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${name} must be a port, a number from 1 to 65535.`);
}

function requireDistinct(ports: Record<string, number | undefined>): void {
  const seen = new Map<number, string>();
  for (const [name, port] of Object.entries(ports)) {
    if (port === undefined) continue;
    if (seen.has(port)) throw new Error(`${seen.get(port)} and ${name} are both ${port}.`);
    seen.set(port, name);
  }
}

async function requireFree(port: number, what: string, variable: string): Promise<void> {
  if (await isFree(port)) return;
  throw new Error(
    `Port ${port}, which ${what} needs, is in use: stop the program that uses it, or choose another with ${variable}=….`,
  );
}

/**
 * Compiles the pages now, so that the first visitor need not wait. One after the other: Next may
 * read a manifest that it is writing for another page, and fail.
 */
async function compile(url: string): Promise<void> {
  await fetch(`${url}/verify`);
  await fetch(`${url}/signup/check-inbox`);
  // Refused because of its username, but only after everything is loaded.
  await fetch(`${url}/api/trpc/createUser`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-id": "warming-up" },
    body: JSON.stringify({ username: "", password: "warming up" }),
  });
}

/** Shows a line behind its program's name, those of the log as people read them. */
function print(name: string, line: string): void {
  process.stdout.write(`${name.padEnd(8)}${line.startsWith("{") ? pretty(line) : `${line}\n`}`);
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
