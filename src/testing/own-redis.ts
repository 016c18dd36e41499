import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { freePort } from "../../scripts/services/ports.ts";
import { startRedis, type RedisServer } from "../../scripts/services/redis.ts";

export interface OwnRedis {
  url: string;
  /** Starts it where it does not run, with what it had written down before. */
  start(): Promise<RedisServer>;
}

/** A Redis that a test may stop, hang or fill without hurting another; not started yet. */
export async function ownRedis(): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), "enlist-redis-"));
  const port = await freePort();
  let running: RedisServer | undefined;
  afterAll(async () => {
    await running?.program.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      if (running && !running.program.hasEnded()) return running;
      running = await startRedis({ folder, port });
      if (running.port !== port) throw new Error(`the port ${port} was taken meanwhile`);
      return running;
    },
  };
}
