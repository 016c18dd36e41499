import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findExecutable, REDIS } from "./find-executable.mjs";
import { freePort } from "./ports.ts";
import { startRedis, withRedis, type Redises, type RedisServer } from "./redis.ts";
import { start, type Program } from "./start.ts";
import { waitFor } from "./wait-for.ts";

const NAME = "mymaster";

/**
 * Starts a Redis on loopback with two replicas, and three sentinels that watch over them: a master
 * that is silent for a second is replaced.
 */
export async function startRedisSentinels(folder: string): Promise<Redises> {
  const servers: RedisServer[] = [];
  for (let n = 0; n < 3; n++) {
    const replica = servers[0] ? ["--replicaof", "127.0.0.1", String(servers[0].port)] : [];
    const fixed = ["--appendonly", "no", "--save", "", "--repl-diskless-sync-delay", "0"];
    const args = [...fixed, ...replica];
    servers.push(await startRedis({ folder: join(folder, `server-${n}`), args }));
  }
  const sentinels: { program: Program; port: number }[] = [];
  for (let n = 0; n < 3; n++) {
    sentinels.push(await startSentinel(join(folder, `sentinel-${n}`), servers[0]!.port));
  }
  for (const { port } of sentinels) await waitFor("the sentinels to agree", () => knowsAll(port));
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",")}/${NAME}`,
    programs: [...servers, ...sentinels].map(({ program }) => program),
    async masterOf() {
      const up = sentinels.find(({ program }) => !program.hasEnded());
      const port = await withRedis(up!.port, async (client) => {
        const address = await client.call("SENTINEL", "get-master-addr-by-name", NAME);
        return Number((address as string[])[1]);
      });
      return servers.find((server) => server.port === port)!;
    },
    async stop() {
      const programs = [...sentinels, ...servers].map(({ program }) => program);
      await Promise.all(programs.map((program) => program.stop()));
    },
  };
}

async function startSentinel(folder: string, masterPort: number) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const file = join(folder, "sentinel.conf");
  // A sentinel writes what it learns into its configuration, so it must have one of its own.
  writeFileSync(
    file,
    `port ${port}
bind 127.0.0.1
dir "${folder}"
sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2
sentinel down-after-milliseconds ${NAME} 1000
sentinel failover-timeout ${NAME} 3000
`,
  );
  const program = start("Sentinel", findExecutable(REDIS)!, [file, "--sentinel"]);
  await waitFor("a sentinel to answer", () => withRedis(port, (client) => client.ping()));
  return { program, port };
}

/** Whether this sentinel knows both others and both replicas. */
function knowsAll(port: number): Promise<boolean> {
  return withRedis(port, async (client) => {
    const master = (await client.call("SENTINEL", "MASTER", NAME)) as string[];
    const value = (name: string) => master[master.indexOf(name) + 1];
    return value("num-other-sentinels") === "2" && value("num-slaves") === "2";
  });
}
