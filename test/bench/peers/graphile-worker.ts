import { runMigrations } from "graphile-worker";
import type { Tx } from "../../../src/platform/transact.ts";

/** Enqueues by Graphile Worker in the transaction that inserts the user. */
export async function openGraphileWorker(connectionString: string) {
  await runMigrations({ connectionString });
  return async (tx: Tx, payload: object): Promise<void> => {
    await tx.raw(
      "select graphile_worker.add_job('verify-email', payload => ?::json, max_attempts => 10)",
      [JSON.stringify(payload)],
    );
  };
}
