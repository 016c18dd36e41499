import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  startWebProcess,
  startWorkerProcess,
  type ProcessEnv,
  type Web,
} from "#test/servers/enlist.ts";
import { startInbox, type Inbox } from "#test/servers/inbox.ts";
import { freePort } from "#test/servers/ports.ts";
import { withClient } from "#test/servers/postgres.ts";
import { startRedis, type RedisServer } from "#test/servers/redis.ts";
import type { Program } from "#test/servers/start.ts";
import { waitFor } from "#test/servers/wait-for.ts";

interface Mail {
  subject: string;
  text: string;
  html: string;
  messageId: string;
  time: number;
}

/** A whole Enlist of a test's own: web, worker, database, Redis and inbox, all of them real. */
export interface Stack {
  url: string;
  web: Web;
  worker: Program;
  redis: RedisServer;
  /** Starts Redis again on its port, with what it had written down, and waits until web has it. */
  startRedis(): Promise<void>;
  /** Starts web again on the same port. */
  startWeb(): Promise<void>;
  /**
   * Starts one more worker.
   * @param options `ready: false` does not wait until messages can come
   */
  startWorker(options?: { ready: boolean }): Promise<Program>;
  /** Runs SQL and gives the rows. */
  // oxlint-disable-next-line typescript/no-explicit-any -- rows of any query
  sql(query: string, values?: unknown[]): Promise<any[]>;
  /** Waits for the mails to this address to be so many. */
  mails(to: string, count?: number): Promise<Mail[]>;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Whether Redis is up when web and worker start. */
  redisUp?: boolean;
  env?: ProcessEnv;
}

export async function startStack({ redisUp = true, env = {} }: StackOptions = {}): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), "enlist-stack-"));
  const databaseUrl = await copyTemplate();
  const [redisPort, webPort] = [await freePort(), await freePort()];
  const programs: Program[] = [];
  const keep = <T extends { program: Program }>(part: T): T => {
    programs.unshift(part.program);
    return part;
  };
  const redisServer = () => startRedis({ folder: join(folder, "redis"), port: redisPort });
  const inbox: Inbox = keep(await startInbox({ folder: join(folder, "inbox") }));
  let redis = keep(await redisServer());
  if (!redisUp) await redis.program.stop();

  const processEnv: ProcessEnv = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    SMTP_URL: inbox.smtpUrl,
    MAIL_FROM: "Enlist <no-reply@enlist.example>",
    APP_URL: `http://localhost:${webPort}`,
    APP_SECRET: `end-to-end-${randomUUID()}`,
    VERIFY_EMAIL_BACKOFF_MS: "200",
    JOB_LEASE_MS: "2000",
    RATE_LIMITS: "off", // All the people of a test come from one address.
    WORKER_PORT: "0",
    ...env,
  };
  let web = keep(await startWebProcess("start", webPort, processEnv));
  // Nobody is sent to a web that has no Redis yet.
  const webReady = () => waitFor("web", async () => (await fetch(`${web.url}/api/ready`)).ok);
  if (redisUp) await webReady();
  const worker = async (ready: boolean) => {
    const program = await startWorkerProcess(processEnv, { mode: "start", ready });
    return keep({ program }).program;
  };

  return {
    url: web.url,
    get web() {
      return web;
    },
    worker: await worker(redisUp),
    get redis() {
      return redis;
    },
    async startRedis() {
      redis = keep(await redisServer());
      await webReady();
    },
    async startWeb() {
      web = keep(await startWebProcess("start", webPort, processEnv));
    },
    startWorker: ({ ready } = { ready: true }) => worker(ready),
    sql: (query, values) =>
      withClient(databaseUrl, async (client) => (await client.query(query, values)).rows),
    mails: (to, count = 1) =>
      waitFor(`${count} mail(s) in the inbox`, async () => {
        const found = await mailsIn(inbox, to);
        return found.length >= count ? found : null;
      }),
    async stop() {
      for (const program of programs) await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function copyTemplate(): Promise<string> {
  const server = process.env.E2E_POSTGRES!;
  const name = `e2e_${randomUUID().replaceAll("-", "")}`;
  await withClient(server, (client) =>
    client.query(`create database ${name} template enlist_template`),
  );
  return server.replace(/postgres$/, name);
}

interface InboxMail {
  subject: string;
  text: string;
  html: string;
  time: string;
  headers: Record<string, string>;
  envelope: { to: { address: string }[] };
}

async function mailsIn(inbox: Inbox, to: string): Promise<Mail[]> {
  const response = await fetch(`${inbox.webUrl}/api/email`);
  const all = (await response.json()) as InboxMail[];
  return all
    .filter(({ envelope }) => envelope.to[0]?.address.toLowerCase() === to.toLowerCase())
    .map(({ subject, text, html, headers, time }) => ({
      subject,
      text,
      html,
      messageId: headers["message-id"] ?? "",
      time: Date.parse(time),
    }));
}
