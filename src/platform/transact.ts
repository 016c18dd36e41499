import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { fromKnex, resolveInDoubt, type Witness } from "#src/tx-jobs/index.ts";
import { isDatabaseUnavailable, isRepeatable } from "./db.ts";
import { time } from "./metrics/measure.ts";
import { Refusal } from "./refusal.ts";

export type Tx = Knex.Transaction;

/** Milliseconds before each retry of a deadlocked transaction. */
const PAUSES = [5, 20, 80, 320];

/** The body of a transaction. It may run more than once: see {@link transact}. */
type Work<T> = (tx: Tx, seenBy: (witness: Witness) => void) => Promise<T>;

/**
 * Runs `work` in one transaction: a result commits, an error rolls back. All of Enlist's
 * transactions use it. "Read committed" suffices, because unique indexes decide every conflict.
 *
 * Deadlocks and serialization failures are retried. If the connection is lost during COMMIT,
 * another one finds out how it ended, provided that `work` called `seenBy`.
 * @throws what `work` throws; {Refusal} SERVICE_UNAVAILABLE if the COMMIT did not happen; the
 *   database's error if that is unknown
 */
export async function transact<T>(db: Knex, work: Work<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    let witness: Witness | undefined;
    /** How `work` ended. After that, only the COMMIT can fail. */
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
      return await time.transaction(() =>
        db.transaction(run, { isolationLevel: "read committed" }),
      );
    } catch (thrown) {
      // A ROLLBACK that also fails, on a lost connection, must not hide the original error.
      const error = ended && "failure" in ended ? ended.failure : thrown;
      const pause = PAUSES[attempt];
      if (isRepeatable(error) && pause !== undefined) {
        await sleep(pause * (0.5 + Math.random()));
        continue;
      }
      if (!ended || "failure" in ended || !witness || !isDatabaseUnavailable(error)) throw error;
      const end = await resolveInDoubt(fromKnex(db), witness);
      if (end === "committed") return ended.result;
      throw end === "rolled back" ? new Refusal("nothing_saved", { cause: error }) : error;
    }
  }
}
