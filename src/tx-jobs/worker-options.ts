import type { Connection } from "./connection.ts";
import type { WorkerEvent } from "./events.ts";
import type { Handling } from "./handle.ts";
import type { QueueSettings } from "./message.ts";

export interface WorkerOptions extends QueueSettings {
  /**
   * A pool of PostgreSQL connections: as many as handlers run at once are more than enough. It must
   * give up on an answer well within a third of a lease (pg: `query_timeout`, `connectionTimeoutMillis`).
   */
  db: Connection;
  /** A pool of one such connection for renewing leases, which then never waits behind work; or `db`. */
  leasesDb?: Connection;
  /** Made by `handle(definition, handler)`. One per name. */
  handlers: Handling[];
  /** Handlers that run at once, per queue; 10 by default. */
  concurrency?: Record<string, number>;
  /** Milliseconds between two looks at the table, a fifth more or less; 2000 by default. */
  pollMs?: number;
  /** Milliseconds after which the jobs of a worker that has died pass to another; 30,000 by default. */
  leaseMs?: number;
  /** Milliseconds that finished jobs are kept; a day if done, 30 days if failed, by default. */
  keepMs?: { done?: number; failed?: number };
  /**
   * What to keep of an error, in the row, 500 characters at most: no personal data. Its message by
   * default, which some drivers and servers fill with what a person typed.
   */
  describe?: (error: unknown) => string;
  /** Is told of all that happens. Must not throw. */
  on?: (event: WorkerEvent) => void;
}

/** How a worker is at this moment; for readiness and metrics. */
export interface WorkerHealth {
  /** Whether the last look at the table and the last renewal succeeded. */
  database: boolean;
  /** Whether messages can be fetched; if not, jobs wait for the next look at the table. */
  messages: boolean;
  /** Jobs whose end could not be written down so far; each keeps its slot. */
  unrecorded: number;
  /** Names of jobs that are not taken, as what is behind them is unavailable. */
  unavailable: string[];
}

/** A worker that runs until it is closed. */
export interface RunningWorker {
  health(): WorkerHealth;
  /** Resolves when the first messages can come; until then the table alone is looked at. */
  ready(): Promise<void>;
  /** Takes nothing more, and resolves when all that was taken is done and written down. */
  close(): Promise<void>;
}

/** @throws {RangeError} if two handlers have one name, or a number is out of its range */
export function checkOptions({ handlers, concurrency, pollMs, leaseMs }: WorkerOptions): void {
  const names = handlers.map(({ definition }) => definition.name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new RangeError(`two handlers are for ${twice}`);
  for (const [queue, size] of Object.entries(concurrency ?? {})) {
    if (!(Number.isInteger(size) && size >= 1)) {
      throw new RangeError(`concurrency of ${queue} must be a whole number from 1 on`);
    }
  }
  if (pollMs !== undefined && !(pollMs >= 10)) throw new RangeError("pollMs must be at least 10");
  if (leaseMs !== undefined && !(leaseMs >= 100)) {
    throw new RangeError("leaseMs must be at least 100");
  }
}
