import type { Queue } from "bullmq";
import { assertTransaction, type Connection, type Statement } from "./connection.ts";
import type { JobDefinition } from "./define-job.ts";
import { insertion, insertRow } from "./insert-row.ts";
import { messageOptions, openQueue, writeMessage, type QueueSettings } from "./message.ts";
import { prepareRow, type EnqueueOptions, type JobRow } from "./prepare-row.ts";
import { isUnprepared } from "./unprepared-fallback.ts";
import { watchSilence } from "./watch-silence.ts";

/** The settings of a producer. */
export interface JobsOptions extends QueueSettings {
  /** Milliseconds until a call to Redis counts as unanswered; 750 by default. */
  timeoutMs?: number;
  /** For definitions that do not say it themselves; `refuse` by default. */
  whenRedisIsAway?: JobDefinition["whenRedisIsAway"];
  /** Called for every message, added or not. Must not throw. */
  on?: (event: EnqueueEvent) => void;
}

/** The outcome of one message. `owed`: it was not added, but a worker will find the row. */
export interface EnqueueEvent {
  type: "enqueued" | "refused" | "owed";
  job: string;
  queue: string;
  id: string;
  /** Milliseconds that the call to Redis took. */
  ms: number;
  error?: unknown;
}

/** A job inserted by one of the caller's own statements; see {@link Jobs.prepare}. */
export interface PreparedJob {
  id: string;
  /** The insert, with its parameters numbered from `first`. Its result carries nothing of use. */
  insert(first: number): Pick<Statement, "text" | "values">;
  /**
   * Adds the message. Call it before the commit, in the same transaction.
   * @param xid that transaction's `pg_current_xact_id()::text`
   * @throws {EnqueueError} as `enqueue`
   */
  ring(xid: string): Promise<void>;
}

/** The producer's side: enqueues jobs in the caller's transactions. */
export interface Jobs {
  /**
   * Enqueues a job in the caller's transaction. If that commits, the job runs at least once,
   * usually within two milliseconds. If it rolls back, the job never runs.
   * @param tx an open transaction: `fromKnex(trx)`, `fromPg(client)` …
   * @returns the job's id, and whether it is new: a repeated `id` is the same job
   * @throws {EnqueueError} if Redis does not take the message in time, unless the job may be owed.
   *   Roll back; if the transaction commits anyway, the job exists and runs.
   * @throws {InvalidJob} {NotInTransaction} {SchemaError}, or the driver's error
   */
  enqueue<Payload>(
    tx: Connection,
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<{ id: string; isNew: boolean }>;
  /**
   * The faster way: the caller's own statement inserts the row, which saves a round trip. For
   * example, `with job as (<insert>) insert into users …`. Call `ring` afterwards. An existing row
   * with the same id is left unchanged and unchecked.
   * @throws {InvalidJob}
   */
  prepare<Payload>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): PreparedJob;
  /**
   * Fails fast before a transaction is opened.
   * @param job a job with `whenRedisIsAway: "owe"` is always ready
   * @throws {EnqueueError} at once, if Redis is known to be unavailable
   */
  assertReady(job?: JobDefinition): void;
  /**
   * @throws {EnqueueError} if Redis does not answer in time, or refuses writes (when full, say).
   */
  ping(): Promise<void>;
}

/** Opens the producer's side on a Redis connection. Returns without waiting for Redis. */
export function createJobs(options: JobsOptions): Jobs {
  const { redis, prefix, timeoutMs = 750, on = () => {} } = options;
  const queues = new Map<string, Queue>();
  const queueOf = (name: string): Queue => {
    const queue = queues.get(name) ?? openQueue(name, options);
    queues.set(name, queue);
    return queue;
  };
  const silence = watchSilence(redis, prefix, timeoutMs);
  let prepares = true;
  const owes = (job: JobDefinition) => (job.whenRedisIsAway ?? options.whenRedisIsAway) === "owe";

  const ring = async (job: JobDefinition, { id, delayMs }: JobRow, xid: string): Promise<void> => {
    const began = performance.now();
    const tell = (type: EnqueueEvent["type"], error?: unknown) => {
      const ms = performance.now() - began;
      on({ type, job: job.name, queue: job.queue, id, ms, ...(error ? { error } : {}) });
    };
    const add = async () => {
      silence.assertReady();
      const message = writeMessage({ id, xid });
      const adding = queueOf(job.queue).add(
        job.name,
        message,
        messageOptions(job.attempts, delayMs),
      );
      await silence.inTime(adding);
    };
    if (owes(job)) {
      void add().then(
        () => tell("enqueued"),
        (error: unknown) => tell("owed", error),
      );
      return;
    }
    try {
      await add();
    } catch (error) {
      tell("refused", error);
      throw error;
    }
    tell("enqueued");
  };

  return {
    assertReady(job) {
      if (!job || !owes(job)) silence.assertReady();
    },
    ping: () => silence.ping(),
    async enqueue(tx, job, payload, given = {}) {
      const row = prepareRow(job, payload, given);
      assertTransaction(tx, job.name);
      if (!owes(job)) silence.assertReady();
      const name = prepares ? "tx-jobs-insert" : undefined;
      const xid = await insertRow(tx, job, row, name).catch((error: unknown) => {
        prepares &&= !isUnprepared(error); // This transaction is lost, but a retry should succeed.
        throw error;
      });
      if (xid) await ring(job, row, xid);
      return { id: row.id, isNew: xid !== undefined };
    },
    prepare(job, payload, given = {}) {
      const row = prepareRow(job, payload, given);
      return {
        id: row.id,
        insert: (first) => insertion(job, row, first),
        ring: (xid) => ring(job, row, xid),
      };
    },
  };
}
