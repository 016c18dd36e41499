import type { Connection } from "./connection.ts";
import type { WorkerEvent } from "./events.ts";

type Task = Extract<WorkerEvent, { type: "database failed" }>["task"];

/** What a worker knows of its PostgreSQL. */
export interface DatabaseHealth {
  failed(task: Task): (error: unknown) => void;
  /** Notes each answer of this pool, and how long it took. What it throws is the caller's to report. */
  watch(pool: Connection): Connection;
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
  const answered = (askedAt: number) => {
    const now = performance.now();
    if (now - Math.min(askedAt, failingSince ?? now) >= renewalMs) healthySince = now;
    if (failingSince === undefined) return;
    failingSince = undefined;
    on({ type: "database back" });
  };
  return {
    failed: (task) => (error) => {
      failingSince ??= performance.now();
      on({ type: "database failed", task, error });
    },
    watch: (pool) => ({
      async run(statement) {
        const askedAt = performance.now();
        const rows = await pool.run(statement);
        answered(askedAt);
        return rows as never;
      },
      transaction: () => pool.transaction(),
    }),
    isHealthy: () => failingSince === undefined,
    mayTakeOver() {
      const now = performance.now();
      const isOutage = failingSince !== undefined && now - failingSince >= renewalMs;
      return !isOutage && now - healthySince >= renewalMs;
    },
  };
}
