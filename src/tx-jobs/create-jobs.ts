import type { Queue } from "bullmq";
import { assertTransaction, type Connection, type Statement } from "./connection.ts";
import type { JobDefinition } from "./define-job.ts";
import { insertion, insertRow } from "./insert-row.ts";
import { messageOptions, openQueue, writeMessage, type QueueSettings } from "./message.ts";
import { prepareRow, type EnqueueOptions, type JobRow } from "./prepare-row.ts";
import { isUnprepared } from "./surviving-lost-statements.ts";
import { watchSilence } from "./watch-silence.ts";

export interface JobsOptions extends QueueSettings {
  /** Milliseconds that Redis may take for a message; 750 by default. */
  timeoutMs?: number;
  /** Takes the place of every definition's own, as an installation may decide. */
  whenRedisIsAway?: JobDefinition["whenRedisIsAway"];
  /** Is told of every message, added or not. Must not throw. */
  on?: (event: EnqueueEvent) => void;
}

export interface EnqueueEvent {
  type: "enqueued" | "refused" | "owed";
  job: string;
  queue: string;
  id: string;
  /** Milliseconds that Redis took. */
  ms: number;
  error?: unknown;
}

/** A job that rides in a statement of the caller's own; see {@link Jobs.prepare}. */
export interface PreparedJob {
  id: string;
  /** The insert, with its parameters numbered from `first` on. It returns nothing of use. */
  insert(first: number): Pick<Statement, "text" | "values">;
  /**
   * Adds the message. Call it before the commit, in the same transaction.
   * @param xid that transaction's `pg_current_xact_id()::text`
   * @throws {EnqueueError} as `enqueue`
   */
  ring(xid: string): Promise<void>;
}

/** The producer's side. */
export interface Jobs {
  /**
   * Enlists a job in the caller's transaction: if that commits, the job runs at least once, within a
   * millisecond or two; if it rolls back, the job never runs. It inserts the row, then has Redis take
   * a message that names it.
   * @param tx an open transaction: `fromKnex(trx)`, `fromPg(client)` …
   * @returns the job's id, and whether it is new: with an `id` that is there, it is the same job
   * @throws {EnqueueError} if Redis does not take the message in time (`whenRedisIsAway: "refuse"`):
   *   let the transaction roll back; if it commits all the same, the job is there, and runs
   * @throws {InvalidJob} for a payload, a delay or an id that cannot be; {NotInTransaction};
   *   {SchemaError}; else the driver's error
   */
  enqueue<Payload>(
    tx: Connection,
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<{ id: string; isNew: boolean }>;
  /**
   * The quicker door: the row goes into a data-modifying statement of the caller's own, as
   * `with job as (<insert>) insert into users …`, which saves a round trip. Then `ring`.
   * An id that is there is left as it is, unchecked.
   * @throws {InvalidJob}
   */
  prepare<Payload>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): PreparedJob;
  /**
   * @param job one that does not need Redis is always ready
   * @throws {EnqueueError} at once, if Redis is known to be unavailable
   */
  assertReady(job?: JobDefinition): void;
  /** @throws {EnqueueError} if Redis does not answer in time, or takes nothing, as when it is full. */
  ping(): Promise<void>;
}

/** Opens the producer's side on a connection to Redis. Waits for nothing. */
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
  const owes = (job: JobDefinition) => (options.whenRedisIsAway ?? job.whenRedisIsAway) === "owe";

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
        prepares &&= !isUnprepared(error); // The transaction is lost, but its repetition shall succeed.
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
