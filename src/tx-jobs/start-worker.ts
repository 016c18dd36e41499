import { randomUUID } from "node:crypto";
import { atMost } from "./at-most.ts";
import { createBreakers } from "./breakers.ts";
import { checkTable } from "./create-table.ts";
import { watchDatabase } from "./database-health.ts";
import type { WorkerEvent } from "./events.ts";
import { markDone, putBack, type Run } from "./finish.ts";
import { createGather } from "./gather.ts";
import { keepPolling } from "./keep-polling.ts";
import { keepLeases, RENEWALS_PER_LEASE } from "./leases.ts";
import { listen } from "./listen.ts";
import { createLook } from "./look-at-message.ts";
import type { Message } from "./message.ts";
import { createPoll } from "./poll.ts";
import { pruneJobs } from "./prune-jobs.ts";
import { createRecorder } from "./record.ts";
import { runJob, type Ending } from "./run-job.ts";
import { createSlots, type Slot } from "./slots.ts";
import { withUnpreparedFallback } from "./unprepared-fallback.ts";
import { lookFor, type TakenJob } from "./take.ts";
import { together, togetherAtFirst } from "./together.ts";
import { checkOptions, type RunningWorker, type WorkerOptions } from "./worker-options.ts";

/**
 * Milliseconds to wait for PostgreSQL and Redis at shutdown, when nothing depends on the answer.
 */
const FAREWELL = 2000;

const PRUNE_INTERVAL = 600_000;
const DAY = 86_400_000;

/**
 * Starts to run jobs, both those that messages name and those that are due in the table. If Redis
 * or PostgreSQL is unavailable it waits and recovers without a restart.
 * @throws {RangeError} if two handlers share a name, or a number is out of range
 */
export function startWorker(options: WorkerOptions): RunningWorker {
  checkOptions(options);
  const { redis, pollMs = 2000, leaseMs = 30_000, gatherMs = 100 } = options;
  const { describe = (error) => (error instanceof Error ? error.message : typeof error) } = options;
  const handlers = new Map(options.handlers.map((one) => [one.definition.name, one]));
  const on = (event: WorkerEvent) => {
    try {
      options.on?.(event);
    } catch {
      // A failing log must not stop a job from being recorded.
    }
  };

  const workerId = randomUUID();
  const db = withUnpreparedFallback(options.db);
  const health = watchDatabase(leaseMs / RENEWALS_PER_LEASE, on);
  const taking = { db: health.watch(db), workerId, leaseMs };
  const lookForOne = together((messages: Message[]) => lookFor(taking, messages));
  const ends = {
    recordOne: createRecorder(db),
    markOneDone: togetherAtFirst((runs: Run[]) => markDone(db, runs)),
  };
  const leases = keepLeases({
    ...taking,
    db: options.leasesDb ?? options.db,
    attempt: (work) => health.attempt("renew", work),
  });
  const pollSoon = () => {
    for (const { polling } of queues) polling.soon();
  };
  const breakers = createBreakers((ms) => setTimeout(pollSoon, ms + 1).unref());
  const unrecorded = new Set<object>();
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work)).catch(() => {});
    return work;
  };

  /** Runs a taken job in this slot, then frees the slot. */
  const run = async (
    job: TakenJob,
    slot: Slot,
    by: "message" | "poll",
    isProbe: boolean,
  ): Promise<Ending> => {
    let ending: Ending | undefined;
    try {
      const deps = { ...ends, db, workerId, leases, by, unrecorded, track, describe, on };
      ending = await runJob(deps, job, handlers.get(job.name)!);
      return ending;
    } finally {
      tell(job, breakers.ended(job.name, ending?.found, isProbe));
      slot();
    }
  };
  const tell = (
    job: { name: string; queue: string },
    type: "available" | "unavailable" | undefined,
  ) => {
    if (type) on({ type, job: job.name, queue: job.queue });
    if (type === "available") pollSoon();
  };
  /** Returns a job that was never started. It stays as due as before. */
  const giveBack = async (job: TakenJob) => {
    await putBack(db, { workerId, job }, "closing").catch((error: unknown) => {
      health.lookFailed(error);
    });
  };

  let checking: Promise<void> | undefined;
  const checkOnce = () => {
    checking ??= checkTable(db).catch((error: unknown) => {
      checking = undefined;
      throw error;
    });
    return checking;
  };
  const openQueue = (queue: string) => {
    const size = options.concurrency?.[queue] ?? 10;
    const names = [...handlers.keys()].filter(
      (name) => handlers.get(name)!.definition.queue === queue,
    );
    const slots = createSlots(size);
    const shared = { taking, leases, breakers, health, slots, isClosing };
    const poll = createPoll({
      ...{ ...shared, names },
      canMessagesCome: () => redis.status === "ready",
      start(job, slot, isProbe) {
        const isWelcome = isProbe || breakers.state(job.name) === "closed";
        if (!isClosing() && isWelcome) void track(run(job, slot, "poll", isProbe));
        else void track(giveBack(job).finally(slot));
      },
      nothingToProbe: (name) => tell({ name, queue }, breakers.nothingToProbe(name)),
    });
    const pass = () => health.attempt("poll", () => checkOnce().then(poll));
    const look = createLook({
      ...{ ...shared, queue, on, checkTable: checkOnce, lookFor: lookForOne },
      handles: (name) => names.includes(name),
      gather: createGather(gatherMs, slots.isFull),
      run: (job, slot, isProbe) => run(job, slot, "message", isProbe),
      putBack: giveBack,
    });
    const listening = listen({
      ...{ settings: options, queue, size, leaseMs, on },
      look: (message) => track(look(message)),
    });
    return { polling: keepPolling(pass, pollMs), listening };
  };
  const queues = [...new Set([...handlers.values()].map(({ definition }) => definition.queue))].map(
    openQueue,
  );

  const { done = DAY, failed: kept = 30 * DAY } = options.keepMs ?? {};
  const pruning = setInterval(
    () => {
      void pruneJobs(db, { doneMs: done, failedMs: kept }, closing.signal).then(
        (rows) => rows > 0 && on({ type: "pruned", rows }),
        (error: unknown) => on({ type: "database failed", task: "prune", error }),
      );
    },
    PRUNE_INTERVAL * (0.8 + Math.random() * 0.4),
  );

  return {
    health: () => ({
      database: health.isHealthy(),
      messages: queues.every(({ listening }) => listening.isHealthy()),
      unrecorded: unrecorded.size,
      unavailable: breakers.open(),
    }),
    async ready() {
      await Promise.all(queues.map(({ listening }) => listening.ready()));
    },
    async close() {
      closing.abort();
      clearInterval(pruning);
      await Promise.all(queues.map(({ listening }) => listening.pause()));
      await atMost(FAREWELL, Promise.all(queues.map(({ polling }) => polling.stop())));
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await Promise.all(queues.map(({ listening }) => listening.close(FAREWELL)));
      leases.stop();
    },
  };
}
