import { Queue } from "bullmq";
import { openJobs } from "#src/platform/open-jobs.ts";
import { connectProducer } from "#src/platform/redis.ts";
import type { Tx } from "#src/platform/transact.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import type { Services } from "#src/web/api/context.ts";
import { BULLMQ_OPTIONS, toJobId } from "./bullmq.ts";
import { openBullmqOnPostgres } from "./bullmq-on-postgres.ts";
import { openOutbox } from "./outbox.ts";
import { openGraphileWorker } from "./peers/graphile-worker.ts";
import { openPgBoss } from "./peers/pg-boss.ts";
import { commitSignup } from "./signups.ts";

type SignUp = () => Promise<unknown>;

interface Payload {
  verificationId: string;
}

/** The ways that others have to enqueue the mail of a sign-up, each with the same insert of the user. */
export interface PeerSignups {
  pgBoss: SignUp;
  graphileWorker: SignUp;
  outbox: SignUp;
  /** Runs the outbox's relay, and waits for it. */
  relay: Pick<Awaited<ReturnType<typeof openOutbox>>, "begin" | "settle">;
  bullmqAfterCommit: SignUp;
  bullmqOnPostgres: SignUp;
  /** Ours, if no sign-up waits for Redis. */
  owing: SignUp;
}

/** Opens the peers' queues on the services' database and Redis. */
export async function openPeerSignups(services: Services): Promise<PeerSignups> {
  const { env, log } = services;
  const url = env.DATABASE_URL;
  const pgBoss = await openPgBoss(url);
  const graphile = await openGraphileWorker(url);
  const outbox = await openOutbox(services);
  const onPostgres = await openBullmqOnPostgres(services.db, url);
  const redis = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const queue = new Queue("after-commit", { connection: redis, prefix: env.REDIS_PREFIX });
  await queue.waitUntilReady();
  const owe = { ...env, WHEN_REDIS_IS_AWAY: "owe" as const };
  const owing = { ...services, jobs: openJobs({ redis, env: owe, log }) };
  const within = (enqueue: (tx: Tx, payload: Payload) => Promise<unknown>) => () =>
    commitSignup(services, {
      afterCreate: ({ verificationId }, tx) => enqueue(tx, { verificationId }),
    });
  return {
    pgBoss: within(pgBoss),
    graphileWorker: within(graphile),
    outbox: within(outbox.enqueue),
    relay: outbox,
    bullmqAfterCommit: async () => {
      const { verificationId } = await commitSignup(services, { afterCreate: async () => {} });
      await add(queue, { verificationId });
    },
    bullmqOnPostgres: within((tx, payload) =>
      onPostgres.within(tx, () => add(onPostgres.queue, payload)),
    ),
    owing: () => commitSignup(owing),
  };
}

function add(queue: Pick<Queue, "add">, payload: Payload): Promise<unknown> {
  return queue.add(verifyEmailJob.name, payload, { jobId: toJobId(payload), ...BULLMQ_OPTIONS });
}
