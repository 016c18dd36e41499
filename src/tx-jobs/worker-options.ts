import type { Connection } from "./connection.ts";
import type { WorkerEvent } from "./events.ts";
import type { Handling } from "./handle.ts";
import type { QueueSettings } from "./message.ts";

/** The settings of a worker. */
export interface WorkerOptions extends QueueSettings {
  /**
   * A pool of PostgreSQL connections; one per concurrent handler is more than enough. Its timeouts
   * must be well below a third of a lease (pg: `query_timeout`, `connectionTimeoutMillis`).
   */
  db: Connection;
  /**
   * A second pool with one connection, so that lease renewals never wait behind work; `db` by
   * default.
   */
  leasesDb?: Connection;
  /** Made by `handle(definition, handler)`. One per name. */
  handlers: Handling[];
  /** Handlers that run at once, per queue; 10 by default. */
  concurrency?: Record<string, number>;
  /** Milliseconds between polls of the table, varied by a fifth; 2000 by default. */
  pollMs?: number;
  /**
   * Milliseconds that jobs may wait to be taken together; 100 by default. Only if many come, at least
   * five in that time. 0 takes each at once.
   */
  gatherMs?: number;
  /** Milliseconds until other workers may take over the jobs of a dead one; 30,000 by default. */
  leaseMs?: number;
  /** Milliseconds that finished jobs are kept; by default one day if done, 30 days if failed. */
  keepMs?: { done?: number; failed?: number };
  /**
   * What a row keeps of an error, at most 500 characters. It must hold no personal data. The
   * default is the error's message, which some drivers and servers fill with user input.
   */
  describe?: (error: unknown) => string;
  /** Called for every event. An error that it throws is ignored. */
  on?: (event: WorkerEvent) => void;
}

/** The current state of a worker, for readiness and metrics. */
export interface WorkerHealth {
  /** Whether the last poll and the last renewal succeeded. */
  database: boolean;
  /** Whether messages can be fetched. If not, jobs wait for the next poll. */
  messages: boolean;
  /** Runs whose end is not recorded yet. Each keeps its slot. */
  unrecorded: number;
  /** Names of jobs that are not taken, because a service they need is unavailable. */
  unavailable: string[];
}

/** A worker that runs until it is closed. */
export interface RunningWorker {
  health(): WorkerHealth;
  /** Resolves once messages can come. Until then jobs come from the table alone. */
  ready(): Promise<void>;
  /** Stops taking jobs, and resolves when all taken ones are finished and recorded. */
  close(): Promise<void>;
}

/** @throws {RangeError} if two handlers share a name, or a number is out of range */
export function checkOptions(options: WorkerOptions): void {
  const { handlers, concurrency, pollMs, gatherMs, leaseMs } = options;
  const names = handlers.map(({ definition }) => definition.name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new RangeError(`two handlers for ${twice}`);
  for (const [queue, size] of Object.entries(concurrency ?? {})) {
    if (!(Number.isInteger(size) && size >= 1)) {
      throw new RangeError(`concurrency of ${queue} must be a whole number, at least 1`);
    }
  }
  if (pollMs !== undefined && !(pollMs >= 10)) throw new RangeError("pollMs must be at least 10");
  if (gatherMs !== undefined && !(gatherMs >= 0 && gatherMs <= 10_000)) {
    throw new RangeError("gatherMs must be 0 to 10,000");
  }
  if (leaseMs !== undefined && !(leaseMs >= 100)) {
    throw new RangeError("leaseMs must be at least 100");
  }
}
