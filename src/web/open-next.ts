import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { env as processEnv } from "node:process";
import type { WebEnv } from "#src/platform/env.ts";

/** The folder of the production build, where this file is in a chunk: see scripts/bundle.ts. */
export const BUILD = join(import.meta.dirname, "..");

const SOURCES = join(import.meta.dirname, "..", "..");

/** Answers a request, or rejects. */
export type Next = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface NextOptions {
  env: Pick<WebEnv, "HOSTNAME" | "PORT">;
  /** In development, the page's connection to the compiler is upgraded on this server. */
  server: Server;
  /** The folder of the production build; null to compile the sources on demand. */
  build: string | null;
}

/** Starts Next as a custom server (https://nextjs.org/docs/app/guides/custom-server). */
export async function openNext({ env, server, build }: NextOptions): Promise<Next> {
  // As in Next's generated server.js: a build contains its resolved configuration.
  if (build) processEnv.__NEXT_PRIVATE_STANDALONE_CONFIG = readConfig(build);
  const { default: next } = await import("next");
  const app = next({
    dev: build === null,
    dir: build ?? SOURCES,
    hostname: env.HOSTNAME,
    port: env.PORT,
    // In production Next would leave upgrades unanswered. Give it a server without connections, so
    // that requests with `Upgrade:` are ordinary ones (RFC 9110, 7.8).
    httpServer: build === null ? server : createServer(),
  });
  await app.prepare();
  return app.getRequestHandler();
}

function readConfig(build: string): string {
  const file = readFileSync(join(build, ".next", "required-server-files.json"), "utf8");
  return JSON.stringify((JSON.parse(file) as { config: object }).config);
}
