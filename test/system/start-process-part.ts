import { freePort } from "../servers/ports.ts";
import { startTcpProxy, type TcpProxy } from "../servers/tcp-proxy.ts";
import type { Mode } from "./command.ts";
import type { ProcessEnv } from "./environment.ts";
import { startPart, type Part } from "./part.ts";
import { startWebProcess, type Web } from "./start-web-process.ts";
import { startWorkerProcess } from "./start-worker-process.ts";

/** The proxies between a process and its servers. */
interface Lines {
  postgres: TcpProxy;
  redis: TcpProxy;
  smtp: TcpProxy;
}

/** A process of Enlist's; it has `lines` if the system is proxied. */
export type ProcessPart = Part & { lines: Lines };
export type WebPart = Part<Web> & { lines: Lines; url: string };

interface ProcessOptions {
  name: string;
  mode: Mode;
  env: ProcessEnv;
  onLine?: (line: string) => void;
  proxied: boolean;
}

/** Starts a web. @param port none to take any */
export async function startWebPart(options: ProcessOptions, port?: number): Promise<WebPart> {
  const { name, mode, onLine } = options;
  const own = port ?? (await freePort());
  const { lines, env } = await withLines(options);
  const part = await startPart(name, () => startWebProcess(mode, own, env, onLine));
  return Object.assign(part, { lines, url: part.server.url });
}

/** Starts a worker, which need not handle jobs yet. */
export async function startWorkerPart(options: ProcessOptions): Promise<ProcessPart> {
  const { name, mode, onLine } = options;
  const { lines, env } = await withLines(options);
  const part = await startPart(name, async () => {
    const how = { mode, ready: false, ...(onLine ? { onLine } : {}) };
    return { program: await startWorkerProcess(env, how) };
  });
  return Object.assign(part, { lines });
}

async function withLines({ env, proxied }: ProcessOptions) {
  if (!proxied) return { env, lines: {} as Lines };
  const lines = {
    postgres: await startTcpProxy(env.DATABASE_URL!),
    redis: await startTcpProxy(env.REDIS_URL!),
    smtp: await startTcpProxy(env.SMTP_URL!),
  };
  const urls = {
    DATABASE_URL: lines.postgres.url,
    REDIS_URL: lines.redis.url,
    SMTP_URL: lines.smtp.url,
  };
  return { lines, env: { ...env, ...urls } };
}
