import { Queue } from "bullmq";
import pg from "pg";
import type { Services } from "#src/web/api/context.ts";
import { verifyEmailJob } from "#src/signup/verify-email-job.ts";
import { connectProducer } from "#src/platform/redis.ts";
import { messageOptions, writeMessage } from "#src/tx-jobs/message.ts";
import { recordInsert } from "../insert.ts";
import { compareRounds, interleave, rate } from "../measure.ts";
import type { Line, Measure } from "../row.ts";
import { openServices } from "../services.ts";
import { commitSignup } from "../signups.ts";

/** What knex, the deadlines, the checks and the log add to the transaction and its enqueue. */
export const measure: Measure = async ({ say }) => {
  const services = await openServices();
  const signUpBare = await openBare(services);
  const lines: Line[] = [];
  for (const atOnce of [1, 20]) {
    say(`${atOnce} at a time`);
    const [ours, theirs] = await interleave(
      [
        {
          what: "createUserTx",
          run: () => rate(() => commitSignup(services), { atOnce, ms: 400 }),
        },
        { what: "bare pg", run: () => rate(signUpBare, { atOnce, ms: 400 }) },
      ],
      say,
      20,
    );
    lines.push({
      part: `${atOnce} at a time`,
      unit: "/s",
      ...compareRounds(ours!, theirs!),
      peer: "bare pg and queue.add",
      ...(atOnce === 20 ? { atLeast: 0.75 } : {}),
    });
  }
  return lines;
};

/** The same statements and the same job, by pg and BullMQ and nothing between. */
async function openBare(services: Services): Promise<() => Promise<void>> {
  const { env, log } = services;
  const insert = await recordInsert(services);
  const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL });
  const connection = connectProducer(env.REDIS_URL, env.ENQUEUE_TIMEOUT_MS, log);
  const queue = new Queue(verifyEmailJob.queue, { connection, prefix: env.REDIS_PREFIX });
  await queue.waitUntilReady();
  const options = messageOptions(verifyEmailJob.attempts, 0);
  return async () => {
    const { verificationId, query } = insert();
    const client = await pool.connect();
    await client.query("begin transaction isolation level read committed");
    const { rows } = await client.query<{ xid: string }>(query);
    const message = writeMessage({ id: verificationId, xid: rows[0]!.xid });
    await queue.add(verifyEmailJob.name, message, options);
    await client.query("commit");
    client.release();
  };
}
