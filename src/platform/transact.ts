import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { fromKnex, settleCommit, type Witness } from "#src/tx-jobs/index.ts";
import { isDatabaseAway, isRepeatable } from "./db.ts";
import { measure } from "./metrics/measure.ts";
import { nothingSaved } from "./refusal.ts";

export type Tx = Knex.Transaction;

/** Milliseconds before a transaction is tried again that PostgreSQL has picked out of several. */
const PAUSES = [5, 20, 80, 320];

/** What a transaction does. It may be done more than once: see {@link transact}. */
type Work<T> = (tx: Tx, seenBy: (witness: Witness) => void) => Promise<T>;

/**
 * Runs `work` in one transaction: what it returns is committed, what it throws rolls back.
 * Every transaction of Enlist goes through here. It reads committed rows only, as the unique
 * indexes decide all that two transactions could disagree about. A deadlock or a serialization
 * failure is tried again.
 *
 * If the connection is lost during the COMMIT, another connection is asked how it ended, provided
 * that `work` has said by what the transaction is known.
 * @throws what `work` throws; {Refusal} SERVICE_UNAVAILABLE if the COMMIT did not take place;
 *   the database's error if that could not be found out
 */
export async function transact<T>(db: Knex, work: Work<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    let witness: Witness | undefined;
    /** What `work` came to, once it has ended: after that, only the COMMIT can still fail. */
    let ended: { result: T } | { failure: unknown } | undefined;
    const run = async (tx: Tx): Promise<T> => {
      try {
        const result = await work(tx, (seen) => (witness = seen));
        ended = { result };
        return result;
      } catch (failure) {
        ended = { failure };
        throw failure;
      }
    };
    try {
      return await measure("enlist_transaction_seconds", ["committed", "rolled back"], () =>
        db.transaction(run, { isolationLevel: "read committed" }),
      );
    } catch (thrown) {
      // A ROLLBACK that fails as well, on a connection that is lost, must not hide why it was sent.
      const error = ended && "failure" in ended ? ended.failure : thrown;
      const pause = PAUSES[attempt];
      if (isRepeatable(error) && pause !== undefined) {
        await sleep(pause * (0.5 + Math.random()));
        continue;
      }
      if (!ended || "failure" in ended || !witness || !isDatabaseAway(error)) throw error;
      const end = await settleCommit(fromKnex(db), witness);
      if (end === "committed") return ended.result;
      throw end === "rolled back" ? nothingSaved(error) : error;
    }
  }
}
