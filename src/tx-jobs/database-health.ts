import type { Connection } from "./connection.ts";
import type { WorkerEvent } from "./events.ts";

/** What a worker does in PostgreSQL again and again, by itself. */
type Task = "poll" | "renew";

/** What a worker knows of its PostgreSQL. */
export interface DatabaseHealth {
  /** Does a task's work once, and notes how that went. Never throws. */
  attempt(task: Task, work: () => Promise<unknown>): Promise<void>;
  /** Notes that a look for one job has failed: the poll will show whether others do. */
  lookFailed(error: unknown): void;
  /** Notes each answer of this pool, and how long it took. What it throws is the caller's to report. */
  watch(pool: Connection): Connection;
  /** Whether each task succeeded the last time. */
  isHealthy(): boolean;
  /** Whether those who hold leases have had the time to renew them. */
  mayTakeOver(): boolean;
}

/**
 * Keeps leases from being taken over right after an outage: their holders could not renew them, and get
 * to do so first. An outage is a time without an answer that lasts as long as holders have for that.
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
      if (failing.delete(task) && failing.size === 0) on({ type: "database back" });
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
      return !isOutage && now - healthySince >= renewalMs;
    },
  };
}
