import type { Connection, Handler, RunningWorker } from "../../tx-jobs/index.ts";
import type { OwnRedis } from "../own-redis.ts";
import type { Probe, TxJobs } from "../tx-jobs.ts";

/** A real library, and the adapter that is under test for it. */
export interface AdaptedLibrary<Tx> {
  /** The adapter on the library's pool, which has two connections at least. */
  pool: Connection;
  /** The adapter on a transaction. */
  from(tx: Tx): Connection;
  /** Commits when `work` is through, and rolls back if it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Rolls back to where it began, if `work` throws. */
  savepoint(tx: Tx, work: (inner: Tx) => Promise<void>): Promise<void>;
  close(): Promise<unknown>;
}

/** What the cases share. Each job, and each row of `effects`, has a number of its own. */
export interface AdapterCase<Tx> {
  name: string;
  lib: AdaptedLibrary<Tx>;
  redis: OwnRedis;
  on: TxJobs;
  next: () => number;
  /** The numbers of the jobs that a worker without a handler of its own has run. */
  seen: number[];
  worker: (handler?: Handler<Probe>) => Promise<RunningWorker>;
  enqueue: (n: number) => Promise<string>;
  /** The ids of the rows in `tx_jobs` with this number. */
  jobsOf: (n: number) => Promise<string[]>;
  effectsOf: (n: number) => Promise<number[]>;
}

/** The statement that writes a number into `effects`. */
export const effect = (n: number) => ({
  text: "insert into effects (n) values ($1)",
  values: [n],
});

export const onPurpose = new Error("on purpose");
