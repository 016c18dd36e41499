import { toArray, type Connection } from "./connection.ts";
import { LeaseLost } from "./errors.ts";
import type { TakenJob } from "./take.ts";

/** A lease that this process holds. */
export interface Lease {
  /** Aborts when the lease is lost or may be lost. Reading it right after a freeze is reliable. */
  signal: AbortSignal;
  /** Aborts the signal for another reason. */
  abort(reason: Error): void;
  /** From now on the handler's transaction may end the job; its row lock then acts as the lease. */
  mayEnd(): void;
  release(): void;
}

export interface Leases {
  hold(job: TakenJob): Lease;
  /** The ids of all held jobs, as a PostgreSQL array literal. */
  ids(): string;
  stop(): void;
}

export interface LeasesOptions {
  /** A separate pool, so that renewals never wait behind work. */
  db: Connection;
  workerId: string;
  leaseMs: number;
  /** Runs this work and notes its outcome. Never throws. */
  attempt: (work: () => Promise<void>) => Promise<void>;
}

/** Renewals per lease; a failed one is retried at five times that rate. */
export const RENEWALS_PER_LEASE = 3;
const TICKS_PER_LEASE = 15;

interface Held {
  job: TakenJob;
  controller: AbortController;
  /** The earliest time at which PostgreSQL lets others take it, on performance.now's clock. */
  until: number;
  mayEnd: boolean;
}

/**
 * Renews all leases of this process in one statement, three times per lease. A lease that expires
 * without an answer, or that another worker has taken, aborts its signal.
 */
export function keepLeases({ db, workerId, leaseMs, attempt }: LeasesOptions): Leases {
  const all = new Set<Held>();
  let renewAt = performance.now();
  let isRenewing = false;

  const renew = async (): Promise<void> => {
    const held = [...all];
    if (held.length === 0) return;
    const askedAt = performance.now();
    const found = await renewAll(db, workerId, leaseMs, held);
    for (const one of held) {
      const isRenewed = found.get(`${one.job.id} ${one.job.takes}`);
      if (isRenewed) one.until = askedAt + leaseMs;
      else if (isRenewed === undefined && !one.mayEnd && all.has(one)) {
        one.controller.abort(new LeaseLost(`${one.job.id} was taken over`));
      }
    }
    renewAt = askedAt + leaseMs / RENEWALS_PER_LEASE;
  };
  const renewIfDue = async (): Promise<void> => {
    if (isRenewing || performance.now() < renewAt) return;
    isRenewing = true;
    await attempt(renew);
    isRenewing = false;
  };
  const timer = setInterval(() => {
    // Before any query: a process that was frozen must not act as if it still held them.
    for (const held of all) expire(held);
    void renewIfDue();
  }, leaseMs / TICKS_PER_LEASE);

  return {
    hold(job) {
      const controller = new AbortController();
      const held: Held = { job, controller, until: job.askedAt + leaseMs, mayEnd: false };
      all.add(held);
      return {
        signal: truthful(held),
        abort: (reason) => controller.abort(reason),
        mayEnd: () => (held.mayEnd = true),
        release: () => all.delete(held),
      };
    },
    ids: () => toArray([...all].map(({ job }) => job.id)),
    stop: () => clearInterval(timer),
  };
}

function expire({ job, until, controller, mayEnd }: Held): void {
  if (until < performance.now() && !mayEnd) {
    controller.abort(new LeaseLost(`the lease of ${job.id} ran out`));
  }
}

/** A signal that checks the clock on every read, because after a freeze no timer has run yet. */
function truthful(held: Held): AbortSignal {
  const { signal } = held.controller;
  const isAborted = () => Reflect.get(AbortSignal.prototype, "aborted", signal);
  Object.defineProperty(signal, "aborted", {
    get() {
      expire(held);
      return isAborted();
    },
  });
  Object.defineProperty(signal, "throwIfAborted", {
    value() {
      if (signal.aborted) throw signal.reason;
    },
  });
  return signal;
}

/**
 * Renews the leases in one statement, skipping locked rows.
 * @returns the runs that are still ours, as "id takes", and whether each lease was renewed
 */
async function renewAll(
  db: Connection,
  workerId: string,
  leaseMs: number,
  held: { job: TakenJob }[],
): Promise<Map<string, boolean>> {
  const rows = await db.run<{ id: string; takes: number; renewed: boolean }>({
    text: `with mine as (
        select j.id, j.takes from tx_jobs j
        join unnest($1::uuid[], $2::int[]) as held (id, takes) on held.id = j.id and held.takes = j.takes
        where j.leased_by = $3::uuid and j.finished_at is null
      ), renewed as (
        update tx_jobs set leased_until = now() + make_interval(secs => $4::float8)
        where id in (
          select id from tx_jobs
          where id in (select id from mine) and leased_by = $3::uuid and finished_at is null
          for update skip locked
        )
        returning id
      )
      select id, takes, exists (select from renewed r where r.id = mine.id) as renewed from mine`,
    values: [
      toArray(held.map(({ job }) => job.id)),
      toArray(held.map(({ job }) => job.takes)),
      workerId,
      leaseMs / 1000,
    ],
  });
  return new Map(rows.map(({ id, takes, renewed }) => [`${id} ${takes}`, renewed]));
}
