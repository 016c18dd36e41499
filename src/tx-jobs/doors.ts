import { assertTransaction, type Connection, type Statement } from "./connection.ts";
import { complete, type Run } from "./finish.ts";
import type { Job } from "./handle.ts";
import type { Lease } from "./leases.ts";
import { record, type Keyed, type Recorder, type StatementFor } from "./record.ts";
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
  { db, recordOne }: { db: Connection; recordOne: Recorder },
  lease: Lease,
  run: Run & { job: TakenJob },
  insist: <T>(write: (tries: number) => Promise<T>) => Promise<T>,
): Doors {
  const { id, name, createdAt, attempts, maxAttempts, tookOver } = run.job;
  const recordings: Promise<unknown>[] = [];
  const recording = <T>(write: (tries: number) => Promise<T>) => {
    doors.isRecording = true;
    const writing = insist(write);
    recordings.push(writing);
    return writing;
  };
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
      createdAt: new Date(createdAt),
      signal: lease.signal,
      async complete(tx) {
        assertTransaction(tx, name);
        doors.isCompleting = true;
        lease.mayEnd();
        await complete(tx, run);
        doors.hasCompleted = true;
      },
      record: <Row extends object>(statement: Statement) =>
        recording(() => record<Row>(db, run, statement)),
      recordTogether: <Row extends Keyed>(statementFor: StatementFor, key: string) =>
        recording((tries) => recordOne<Row>(statementFor, { run, key }, tries)),
    },
  };
  return doors;
}
