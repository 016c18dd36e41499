import { fromKnex, PgBoss } from "pg-boss";
import type { Tx } from "../../../src/platform/transact.ts";

/** Enqueues by pg-boss in the transaction that inserts the user, with as many attempts as ours. */
export async function openPgBoss(connectionString: string) {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue("verify-email");
  return async (tx: Tx, payload: object): Promise<void> => {
    await boss.send("verify-email", payload, {
      retryLimit: 9,
      retryDelay: 10,
      retryBackoff: true,
      db: fromKnex(tx),
    });
  };
}
