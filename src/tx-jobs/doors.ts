import { assertTransaction, type Connection, type Statement } from "./connection.ts";
import { complete, withDone, type Run } from "./finish.ts";
import type { Job } from "./handle.ts";
import type { Lease } from "./leases.ts";
import type { TakenJob } from "./take.ts";

/** What a handler has done to end its job itself. */
export interface Doors {
  job: Job;
  /** Whether `complete` was called: then the row shows how its transaction ended. */
  isCompleting: boolean;
  /** Whether the row was still this run's when `complete` checked. */
  hasCompleted: boolean;
  isRecording: boolean;
  /** Waits for `record`, and returns whether it was called. */
  recorded(): Promise<boolean>;
}

/** Creates the handler's side of one run. @param insist retries a write until it succeeds */
export function openDoors(
  db: Connection,
  lease: Lease,
  run: Run & { job: TakenJob },
  insist: <T>(write: () => Promise<T>) => Promise<T>,
): Doors {
  const { id, name, attempts, maxAttempts, tookOver } = run.job;
  const recordings: Promise<unknown>[] = [];
  const doors: Doors = {
    isCompleting: false,
    hasCompleted: false,
    isRecording: false,
    async recorded() {
      await Promise.all(recordings);
      return recordings.length > 0;
    },
    job: {
      ...{ id, tookOver, attempt: attempts + 1, attempts: maxAttempts },
      signal: lease.signal,
      async complete(tx) {
        assertTransaction(tx, name);
        doors.isCompleting = true;
        lease.mayEnd();
        await complete(tx, run);
        doors.hasCompleted = true;
      },
      record<Row extends object>(statement: Statement) {
        doors.isRecording = true;
        const writing = insist(() => db.run<Row>(withDone(run, statement)));
        recordings.push(writing);
        return writing;
      },
    },
  };
  return doors;
}
