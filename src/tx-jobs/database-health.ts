import type { Connection } from "./connection.ts";
import type { WorkerEvent } from "./events.ts";

/** The recurring work of a worker in PostgreSQL. */
type Task = "poll" | "renew";

/** What a worker knows about the state of its PostgreSQL. */
export interface DatabaseHealth {
  /** Runs a task once, and notes whether it succeeded. Never throws. */
  attempt(task: Task, work: () => Promise<unknown>): Promise<void>;
  /** Notes that looking for one job has failed. The poll will show whether others fail too. */
  lookFailed(error: unknown): void;
  /**
   * Wraps a pool to note each answer and how long it took. Its errors are the caller's to report.
   */
  watch(pool: Connection): Connection;
  /** Whether each task succeeded the last time. */
  isHealthy(): boolean;
  /** Whether lease holders have had time to renew since the last outage. */
  mayTakeOver(): boolean;
}

/**
 * Prevents takeovers right after an outage, because holders could not renew their leases and must
 * get the chance first. An outage is a time without an answer of at least `renewalMs`, or a task
 * that failed: a poll that finds nothing does not show whether PostgreSQL accepts writes.
 * @param renewalMs milliseconds in which a holder renews its leases
 */
export function watchDatabase(renewalMs: number, on: (event: WorkerEvent) => void): DatabaseHealth {
  let healthySince = performance.now();
  let failingSince: number | undefined;
  const failing = new Set<Task>();
  const failed = (task: Task | "look", error: unknown) => {
    failingSince ??= performance.now();
    on({ type: "database failed", task, error });
  };
  const answered = (askedAt: number) => {
    const now = performance.now();
    if (now - Math.min(askedAt, failingSince ?? now) >= renewalMs) healthySince = now;
    failingSince = undefined;
  };
  return {
    async attempt(task, work) {
      try {
        await work();
      } catch (error) {
        failing.add(task);
        return failed(task, error);
      }
      if (!failing.delete(task)) return;
      healthySince = performance.now();
      if (failing.size === 0) on({ type: "database back" });
    },
    lookFailed: (error) => failed("look", error),
    watch: (pool) => ({
      async run(statement) {
        const askedAt = performance.now();
        const rows = await pool.run(statement);
        answered(askedAt);
        return rows as never;
      },
      transaction: () => pool.transaction(),
    }),
    isHealthy: () => failing.size === 0,
    mayTakeOver() {
      const now = performance.now();
      const isOutage = failingSince !== undefined && now - failingSince >= renewalMs;
      return failing.size === 0 && !isOutage && now - healthySince >= renewalMs;
    },
  };
}
