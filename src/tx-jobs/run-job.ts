import type { Finding } from "./breakers.ts";
import { sqlState, type Connection } from "./connection.ts";
import { backoffMs, type Backoff } from "./define-job.ts";
import { describeForRow, toAscii } from "./describe-for-row.ts";
import { openDoors } from "./doors.ts";
import type { WorkerEvent } from "./events.ts";
import { hasEnded, markFailed, putBack, type Run } from "./finish.ts";
import type { Handling } from "./handle.ts";
import { runWithTimeLimit, TooLate } from "./run-with-time-limit.ts";
import type { Leases } from "./leases.ts";
import { persist } from "./persist.ts";
import type { Recorder } from "./record.ts";
import type { TakenJob } from "./take.ts";

export interface RunDeps {
  db: Connection;
  workerId: string;
  leases: Leases;
  recordOne: Recorder;
  /** `markDone` of finish.ts for one run, by `togetherAtFirst`. */
  markOneDone: (run: Run, tries: number) => Promise<boolean>;
  /** How the job got here. */
  by: "message" | "poll";
  /** Runs whose end is not recorded yet. */
  unrecorded: Set<object>;
  /** Makes `close` wait for this. */
  track: <T>(work: Promise<T>) => Promise<T>;
  describe: (error: unknown) => string;
  on: (event: WorkerEvent) => void;
}

/** How a run ended: when its message should return, and what it showed about availability. */
export interface Ending {
  retryInMs?: number;
  found: Finding;
}

/** After this many lost workers in a row, the job itself is taken to be the cause. */
const MOST_LOST = 20;

/** Milliseconds until a deadlocked job runs again, doubled for each run that cost no attempt. */
const AGAIN_PAUSE = 25;

/** Bounds the doubling, so that a job runs again within four seconds. */
const MOST_DOUBLINGS = 6;

/** Runs the handler of one taken job, and records how it ended, however long that takes. */
export async function runJob(
  deps: RunDeps,
  taken: TakenJob,
  { definition, handler }: Handling,
): Promise<Ending> {
  const { db, workerId, leases, on } = deps;
  const began = performance.now();
  const run = { workerId, job: taken };
  const lease = leases.hold(taken);
  const about = () => ({
    job: taken.name,
    queue: taken.queue,
    id: taken.id,
    attempt: taken.attempts + 1,
    attempts: taken.maxAttempts,
    ms: performance.now() - began,
  });
  const insist = <T>(write: (tries: number) => Promise<T>): Promise<T> =>
    deps.track(
      persist(write, (error, tries) => {
        deps.unrecorded.add(run);
        const isEffectDone = doors.isRecording;
        on({ ...about(), type: "record failed", error, tries, isEffectDone });
      }).finally(() => deps.unrecorded.delete(run)),
    );
  const doors = openDoors(deps, lease, run, insist);

  let result: unknown;
  const done = (): Ending => {
    on({ ...about(), type: "done", result });
    return { found: "available" };
  };
  /** Records how the run ended, if this run may still end the job. */
  const end = async (
    mark: (tries: number) => Promise<boolean>,
  ): Promise<"written" | "completed" | "lost"> => {
    if (await insist(mark)) return "written";
    if (doors.hasCompleted) return "completed";
    // An earlier try may have succeeded, alone or with others, if only its answer was lost.
    return (await insist(() => hasEnded(db, run))) ? "written" : "lost";
  };
  /** The handler's transaction has ended the job, or another worker has it. */
  const notOurs = (how: "completed" | "lost"): Ending => {
    if (how === "completed") return done();
    on({ ...about(), type: "lease lost" });
    return { found: undefined };
  };
  const fail = async (error: unknown, found: Finding, isFinal = false): Promise<Ending> => {
    const failed = taken.attempts + 1;
    const isOver = isFinal || failed >= taken.maxAttempts;
    const retryInMs = isOver ? undefined : pauseMs(error, definition.backoff, failed);
    const text = describeForRow(error, deps.describe);
    const ended = await end((tries) =>
      // A text that PostgreSQL cannot store must not keep the job unfinished.
      markFailed(db, run, { error: tries > 0 ? toAscii(text) : text, retryInMs }),
    );
    if (ended !== "written") return notOurs(ended);
    if (retryInMs === undefined) {
      on({ ...about(), type: "failed", error });
      return { found };
    }
    on({ ...about(), type: "retrying", error, inMs: retryInMs });
    return { found, retryInMs };
  };
  const back = async (reason: "unavailable" | "again", error: unknown): Promise<Ending> => {
    const free = Math.min(MOST_DOUBLINGS, taken.takes - taken.attempts - 1);
    const retryInMs =
      reason === "again" ? AGAIN_PAUSE * 2 ** free * (1 + Math.random()) : undefined;
    const ended = await end(() => putBack(db, run, reason, retryInMs));
    const found = reason === "unavailable" ? reason : undefined;
    if (ended !== "written") return { ...notOurs(ended), found };
    on({ ...about(), type: "put back", reason, error });
    return { found, ...(retryInMs === undefined ? {} : { retryInMs }) };
  };
  const thrown = async (error: unknown): Promise<Ending> => {
    const name = nameOf(error);
    if (name === "Unavailable") return back("unavailable", error);
    const isLost = name === "LeaseLost" || nameOf(lease.signal.reason) === "LeaseLost";
    if (isLost || name === "Interrupted" || isRepeatable(error)) return back("again", error);
    const found = error instanceof TooLate ? undefined : "available";
    return fail(error, found, name === "NonRetryable");
  };

  try {
    on({ ...about(), type: "taken", by: deps.by, tookOver: taken.tookOver });
    if (taken.lost >= MOST_LOST) {
      const error = new Error(`lost its worker ${taken.lost} times in a row`);
      return await fail(error, undefined, true);
    }
    // The process was frozen between asking for the job and getting it.
    if (lease.signal.aborted) return await back("again", lease.signal.reason);
    let payload: unknown;
    try {
      payload = definition.payload.parse(taken.payload);
    } catch (error) {
      return await fail(error, undefined);
    }
    try {
      result = await runWithTimeLimit(definition.timeLimitMs, lease, doors, () =>
        handler(payload, doors.job),
      );
    } catch (error) {
      return (await doors.recorded()) ? done() : await thrown(error);
    }
    if (await doors.recorded()) return done();
    if (doors.isCompleting) {
      // If the row is still ours, the handler's transaction was rolled back.
      return await fail(new Error("its transaction was rolled back"), "available");
    }
    const ended = await end((tries) => deps.markOneDone(run, tries));
    return ended === "written" ? done() : notOurs(ended);
  } finally {
    lease.release();
  }
}

/** Milliseconds to the next attempt: the backoff, or longer if the error asks for it. */
function pauseMs(error: unknown, backoff: Required<Backoff>, failed: number): number {
  const asked = nameOf(error) === "RetryLater" ? Number((error as { ms?: unknown }).ms) : 0;
  return Math.max(backoffMs(backoff, failed), Math.min(asked || 0, backoff.maxMs));
}

/**
 * Whether this is a deadlock or a serialization failure, which PostgreSQL asks clients to retry.
 */
function isRepeatable(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlState(error) ?? "");
}

/** Compares by name, because a bundler may put one class into a process more than once. */
function nameOf(error: unknown): unknown {
  return (error as { name?: unknown } | null | undefined)?.name;
}
