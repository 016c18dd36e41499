import PgBoss from "pg-boss";
import type { Tx } from "../../../src/platform/transact.ts";

/** What is used of pg's own client below knex's transaction. */
interface PgClient {
  query(config: object, done: (error: Error | null, result: { rows: unknown[] }) => void): void;
}

/** Enqueues by pg-boss in the transaction that inserts the user, with as many attempts as ours. */
export async function openPgBoss(connectionString: string) {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue("verify-email");
  return async (tx: Tx, payload: object): Promise<void> => {
    const client = (await tx.client.acquireConnection()) as PgClient; // The transaction's own.
    await boss.send("verify-email", payload, {
      retryLimit: 9,
      retryDelay: 10,
      retryBackoff: true,
      db: {
        executeSql: (text, values) =>
          new Promise((resolve, reject) => {
            client.query({ text, values }, (error, result) =>
              error ? reject(error) : resolve(result),
            );
          }),
      },
    });
  };
}
