import { createPostgresBackend, Queue, withBackend } from "bullmq";
import type { Services } from "#src/web/api/context.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { connectProducer } from "#src/platform/redis.ts";
import { BULLMQ_OPTIONS, toJobId } from "../bullmq.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import { openOutbox } from "../outbox.ts";
import { openGraphileWorker } from "../peers/graphile-worker.ts";
import { openPgBoss } from "../peers/pg-boss.ts";
import type { Line, Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { commitSignup } from "../signups.ts";

/** Milliseconds in which each way enqueues before the next has its turn. */
const MS = 800;

/** One way to see to the mail of a user who is inserted. */
interface Peer extends Pick<Line, "peer" | "atLeast"> {
  signUp: () => Promise<unknown>;
  /** Begins what runs besides, for as long as it is this one's turn. */
  begin?: () => void;
  /** Resolves when all jobs are where a worker finds them. */
  settle?: () => Promise<void>;
}

/** The same transaction of the same user, with the ways that others have to enqueue the mail. */
export const measure: Measure = async ({ say }) => {
  const services = await openServices();
  const peers = await openPeers(services);
  const sides = [{ peer: "ours", signUp: () => commitSignup(services) }, ...peers].map(
    (side: Peer) => ({
      what: side.peer,
      run: async () => {
        side.begin?.();
        const [perSecond] = await rate(side.signUp, { atOnce: 20, ms: MS, runUp: 0 });
        const begin = performance.now();
        await side.settle?.();
        return [(perSecond! * MS) / (MS + performance.now() - begin)];
      },
    }),
  );
  const [ours, ...theirs] = await interleave(sides, say, 8);
  return peers.map(({ peer, atLeast }, index) => ({
    unit: "/s",
    ...compareRounds(ours!, theirs[index]!),
    peer,
    ...(atLeast ? { atLeast } : {}),
  }));
};

/** The same guarantee is a target; whoever enqueues after the commit may lose people between the two. */
async function openPeers(services: Services): Promise<Peer[]> {
  const url = services.env.DATABASE_URL;
  const pgBoss = await openPgBoss(url);
  const graphile = await openGraphileWorker(url);
  const outbox = await openOutbox(services);
  const redis = await openRedisQueue(services);
  const postgres = await openPostgresQueue(url);
  const within = (enqueue: typeof pgBoss) => () =>
    commitSignup(services, {
      afterCreate: ({ verificationId }, tx) => enqueue(tx, { verificationId }),
    });
  const afterCommit = (queue: Pick<Queue, "add">) => async () => {
    const { verificationId } = await commitSignup(services, { afterCreate: async () => {} });
    const payload = { verificationId };
    await queue.add(verifyEmailJob.name, payload, { jobId: toJobId(payload), ...BULLMQ_OPTIONS });
  };
  return [
    { peer: "pg-boss 10, inside", signUp: within(pgBoss), atLeast: 1.5 },
    { peer: "graphile-worker 0.17, inside", signUp: within(graphile), atLeast: 1.5 },
    { peer: "outbox, polled", signUp: within(outbox.enqueue), ...outbox, atLeast: 1 },
    { peer: "BullMQ, after the commit", signUp: afterCommit(redis) },
    { peer: "BullMQ on PostgreSQL, after the commit", signUp: afterCommit(postgres) },
  ];
}

async function openRedisQueue({ env, log }: Services) {
  const connection = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const queue = new Queue("after-commit", { connection, prefix: env.REDIS_PREFIX });
  await queue.waitUntilReady();
  return queue;
}

/** @param connectionString of the database that has the users; the queue has a schema in it */
async function openPostgresQueue(connectionString: string) {
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
  const connection = { connectionString, migrate: true };
  const queue = new PostgresQueue("after-commit", { connection });
  await queue.waitUntilReady();
  return queue;
}
