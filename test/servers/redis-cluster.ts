import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./ports.ts";
import { startRedis, withRedis, type Redises, type RedisServer } from "./redis.ts";
import { waitFor } from "./wait-for.ts";

const SLOTS = 16_384;
const MASTERS = 3;

/** Milliseconds of silence after which the others think a node dead. */
const NODE_TIMEOUT = 1000;

/** Starts a Redis Cluster on loopback: three masters with a replica each. */
export async function startRedisCluster(folder: string): Promise<Redises> {
  const nodes: ClusterNode[] = [];
  for (let n = 0; n < 2 * MASTERS; n++) nodes.push(await startNode(join(folder, `node-${n}`)));
  const clients = nodes.map(({ port }) => new Redis(port, "127.0.0.1"));
  const ids = await Promise.all(clients.map((client) => client.cluster("MYID")));
  const masters = clients.slice(0, MASTERS);
  await Promise.all(
    masters.map((client, n) => {
      const [from, to] = [n, n + 1].map((part) => Math.ceil((SLOTS * part) / MASTERS));
      return client.call("CLUSTER", "ADDSLOTSRANGE", from!, to! - 1);
    }),
  );
  for (const { port, busPort } of nodes.slice(1)) {
    await clients[0]!.call("CLUSTER", "MEET", "127.0.0.1", port, busPort);
  }
  await Promise.all(
    clients.slice(MASTERS).map((client, n) =>
      waitFor("a replica to know its master", async () => {
        await client.call("CLUSTER", "REPLICATE", ids[n]!);
        return true;
      }),
    ),
  );
  await waitFor("the cluster to be whole", async () => {
    const states = await Promise.all(clients.map((client) => isWhole(client)));
    return !states.includes(false);
  });
  for (const client of clients) client.disconnect();
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    programs: nodes.map(({ program }) => program),
    masterOf: (key) => findMaster(nodes, key),
    async stop() {
      await Promise.all(nodes.map(({ program }) => program.stop()));
    },
  };
}

type ClusterNode = RedisServer & { busPort: number };

async function startNode(folder: string): Promise<ClusterNode> {
  const busPort = await freePort();
  const args = [
    ...["--cluster-enabled", "yes", "--cluster-port", String(busPort)],
    ...["--cluster-node-timeout", String(NODE_TIMEOUT)],
    ...["--appendonly", "no", "--save", "", "--repl-diskless-sync-delay", "0"],
  ];
  return { ...(await startRedis({ folder, args })), busPort };
}

/** Whether a node knows all others, sees every slot served, and, as a replica, has a whole copy. */
async function isWhole(client: Redis): Promise<boolean> {
  const [info, nodes, replication] = await Promise.all([
    client.cluster("INFO"),
    client.cluster("NODES") as Promise<string>,
    client.info("replication"),
  ]);
  const replicas = nodes.split("\n").filter((line) => / (myself,)?slave /.test(line));
  return (
    info.includes("cluster_state:ok") &&
    replicas.length === MASTERS &&
    !replication.includes("master_link_status:down")
  );
}

/**
 * Asks all nodes; the dead and the frozen give no answer. Most are right: one that was frozen until now
 * believes for a moment what was so before.
 */
async function findMaster(nodes: RedisServer[], key: string): Promise<RedisServer> {
  const answers = await Promise.allSettled(
    nodes.map(({ port }) => withRedis(port, (redis) => portOf(redis, key))),
  );
  const ports = answers.map((answer) => (answer.status === "fulfilled" ? answer.value : undefined));
  const votes = ({ port }: RedisServer) => ports.filter((named) => named === port).length;
  const [master] = nodes.filter(votes).toSorted((a, b) => votes(b) - votes(a));
  if (!master) throw new Error(`nobody holds the slot of ${key}`);
  return master;
}

/** Where this node believes the slot of a key to be. */
async function portOf(redis: Redis, key: string): Promise<number | undefined> {
  const slot = await redis.cluster("KEYSLOT", key);
  const slots = await redis.cluster("SLOTS");
  const [, , master] = slots.find(([from, to]) => from <= slot && slot <= to) ?? [];
  return master?.[1];
}
