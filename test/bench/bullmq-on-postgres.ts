import { AsyncLocalStorage } from "node:async_hooks";
import { createPostgresBackend, withBackend, type Queue } from "bullmq";
import type { Knex } from "knex";
import pg from "pg";
import type { Tx } from "#src/platform/transact.ts";

/** What is used of pg's own client below knex's transaction. */
interface Client {
  query(config: object, done: (error: Error | null, result: unknown) => void): void;
}

/**
 * BullMQ on PostgreSQL. `add` takes no transaction, but a pool of the caller's: this one gives its
 * statements to the transaction that is under way.
 * @returns a queue, and what runs work whose statements go into a transaction
 */
export async function openBullmqOnPostgres(db: Knex, connectionString: string) {
  const underWay = new AsyncLocalStorage<Client>();
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
  const migrating = new PostgresQueue("inside", {
    connection: { connectionString, migrate: true },
  });
  await migrating.waitUntilReady();
  await migrating.close();
  // Its statements name no schema, so connections that are opened from now on look into both.
  await db.raw(`alter database ${new URL(connectionString).pathname.slice(1)}
    set search_path = public, bullmq`);
  await db.destroy();
  db.initialize();
  const pool = new pg.Pool({ connectionString });
  const query = pool.query.bind(pool) as (text: string, values?: unknown[]) => Promise<unknown>;
  const inside: typeof query = (text, values) => {
    const client = underWay.getStore();
    if (!client) return query(text, values);
    return new Promise((resolve, reject) => {
      client.query({ text, values }, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
  Object.assign(pool, { query: inside });
  const queue: Pick<Queue, "add"> & { waitUntilReady(): Promise<unknown> } = new PostgresQueue(
    "inside",
    { connection: pool },
  );
  await queue.waitUntilReady();
  return {
    queue,
    within: async <T>(tx: Tx, work: () => Promise<T>): Promise<T> =>
      underWay.run((await tx.client.acquireConnection()) as Client, work),
  };
}
