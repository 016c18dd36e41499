import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { Jobs, RunningWorker } from "#src/tx-jobs/index.ts";

/** Everything that a process needs to be ready. */
const NEEDS = ["postgres", "redis", "migrations", "jobs"] as const;
type Need = (typeof NEEDS)[number];

/** The state of each need, in one word, so that no error or address leaks. */
type State = "ok" | "unavailable" | "full" | "pending" | "unknown" | "failing";
/**
 * Only workers have `jobs` (whether it can take and record jobs) and `mail`. The mail server is
 * reported but does not count, because another worker would do no better.
 */
type Checks = Record<Exclude<Need, "jobs">, State> & { jobs?: State; mail?: State };

interface Readiness {
  ready: boolean;
  /** Set after the process was told to stop: it takes no more work. */
  stopping?: true;
  checks: Checks;
}

export interface ReadinessDeps {
  /** A separate pool of one connection: a pool that is busy working must not make us unready. */
  db: Knex;
  jobs: Pick<Jobs, "ping">;
  /** Set in a worker process. */
  worker?: Pick<RunningWorker, "health">;
  closing: AbortSignal;
}

/** Checks readiness. @param excluded needs to ignore, like kube-apiserver's /readyz */
export type ReadinessCheck = (excluded?: string[]) => Promise<Readiness>;

/** Milliseconds to wait for a store; probes give up soon afterwards. */
const DEADLINE_MS = 1000;

/** Checks PostgreSQL, Redis and the migrations. Concurrent calls share one check. */
export function createReadinessCheck({ db, jobs, worker, closing }: ReadinessDeps): ReadinessCheck {
  const migrations = listMigrations();
  let looking: Promise<Checks> | undefined;
  const look = async (): Promise<Checks> => {
    const [database, redis] = await Promise.all([
      orAfterDeadline(checkDatabase(db, migrations), UNAVAILABLE),
      orAfterDeadline(checkRedis(jobs, worker), "unavailable" as const),
    ]);
    looking = undefined;
    return { ...database, redis, ...(worker ? checkWorker(worker) : {}) };
  };
  return async (excluded = []) => {
    const checks = await (looking ??= look());
    const met = NEEDS.every((need) => {
      return (checks[need] ?? "ok") === "ok" || excluded.includes(need);
    });
    const stopping = closing.aborted ? { stopping: true as const } : {};
    return { ready: met && !closing.aborted, ...stopping, checks };
  };
}

const UNAVAILABLE: Omit<Checks, "redis" | "jobs" | "mail"> = {
  postgres: "unavailable",
  migrations: "unknown",
};

/**
 * The migrations of this build, found beside the started file or in the working directory; null if
 * there are none.
 */
function listMigrations(): string[] | null {
  for (const folder of [dirname(process.argv[1] ?? ""), process.cwd()]) {
    try {
      const names = readdirSync(join(folder, "migrations"));
      return names.filter((name) => name.endsWith(".ts"));
    } catch {
      // This folder has none.
    }
  }
  return null;
}

/** Unknown extra migrations are fine: a newer release has migrated and will start soon. */
async function checkDatabase(db: Knex, migrations: string[] | null): Promise<typeof UNAVAILABLE> {
  try {
    const { rows } = await db.raw<{ rows: { name: string }[] }>("select name from knex_migrations");
    const done = new Set(rows.map(({ name }) => name));
    const isCurrent = migrations?.every((name) => done.has(name));
    if (isCurrent === undefined) return { postgres: "ok", migrations: "unknown" };
    return { postgres: "ok", migrations: isCurrent ? "ok" : "pending" };
  } catch (error) {
    // 42P01: the table does not exist, so nothing has been migrated yet.
    const isEmpty = (error as { code?: string }).code === "42P01";
    return isEmpty ? { postgres: "ok", migrations: "pending" } : UNAVAILABLE;
  }
}

/** A worker must be able to fetch messages too. */
async function checkRedis(
  jobs: ReadinessDeps["jobs"],
  worker: ReadinessDeps["worker"],
): Promise<"ok" | "unavailable" | "full" | "failing"> {
  try {
    await jobs.ping();
    return !worker || worker.health().messages ? "ok" : "failing";
  } catch (error) {
    const { cause } = error as Error;
    return cause instanceof Error && /\bOOM\b/.test(cause.message) ? "full" : "unavailable";
  }
}

function checkWorker(worker: Pick<RunningWorker, "health">): Pick<Checks, "jobs" | "mail"> {
  const { database, unrecorded, unavailable } = worker.health();
  return {
    jobs: database && unrecorded === 0 ? "ok" : "failing",
    mail: unavailable.length === 0 ? "ok" : "unavailable",
  };
}

/** The result of the check, or `late` if it takes too long. */
function orAfterDeadline<T>(check: Promise<T>, late: T): Promise<T> {
  return Promise.race([check, sleep(DEADLINE_MS, late, { ref: false })]);
}
