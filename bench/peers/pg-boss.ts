import PgBoss from "pg-boss";
import type { Tx } from "../../src/server/transact.ts";

/** What both sides of knex's transaction share: pg's own client. */
interface PgClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
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
      db: { executeSql: (text, values) => client.query(text, values) },
    });
  };
}
