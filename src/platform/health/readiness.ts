import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import type { Jobs, RunningWorker } from "#src/tx-jobs/index.ts";

/** What a process needs before it is ready. */
const NEEDS = ["postgres", "redis", "migrations", "jobs"] as const;
type Need = (typeof NEEDS)[number];

/** How each need stands, in a word: nothing of an error or an address gets out. */
type State = "ok" | "away" | "full" | "pending" | "unknown" | "failing";
/**
 * Of a worker alone `jobs`: whether it can take jobs, and write down how they ended; and `mail`: the mail
 * server, which is told but counts for nothing, as another worker would do no better.
 */
type Checks = Record<Exclude<Need, "jobs">, State> & { jobs?: State; mail?: State };

interface Readiness {
  ready: boolean;
  /** Set when the process has been told to stop: it takes no further work. */
  stopping?: true;
  checks: Checks;
}

export interface ReadinessDeps {
  /** A pool of its own, of one connection: a pool that is full of work is no reason to take work away. */
  db: Knex;
  jobs: Pick<Jobs, "ping">;
  /** In a worker process. */
  worker?: Pick<RunningWorker, "health">;
  closing: AbortSignal;
}

/** Whether this process is ready. @param excluded needs that do not count, as of kube-apiserver's /readyz */
export type ReadinessCheck = (excluded?: string[]) => Promise<Readiness>;

/** Milliseconds that a store may take; whoever asks gives up not much later. */
const DEADLINE_MS = 1000;

/**
 * Looks at PostgreSQL, Redis and the migrations. However many ask at once, it looks once.
 */
export function createReadinessCheck({ db, jobs, worker, closing }: ReadinessDeps): ReadinessCheck {
  const migrations = listMigrations();
  let looking: Promise<Checks> | undefined;
  const look = async (): Promise<Checks> => {
    const [database, redis] = await Promise.all([
      inTime(checkDatabase(db, migrations), AWAY),
      inTime(checkRedis(jobs, worker), "away" as const),
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

const AWAY: Omit<Checks, "redis" | "jobs" | "mail"> = { postgres: "away", migrations: "unknown" };

/**
 * The migrations that came with this build, beside what was started or, as with the sources, where
 * it was; null where they did not.
 */
function listMigrations(): string[] | null {
  for (const folder of [dirname(process.argv[1] ?? ""), process.cwd()]) {
    try {
      const names = readdirSync(join(folder, "migrations"));
      return names.filter((name) => name.endsWith(".ts"));
    } catch {
      // Not there.
    }
  }
  return null;
}

/** One that this build does not know is fine: a newer release has migrated, and is about to come. */
async function checkDatabase(db: Knex, migrations: string[] | null): Promise<typeof AWAY> {
  try {
    const { rows } = await db.raw<{ rows: { name: string }[] }>("select name from knex_migrations");
    const done = new Set(rows.map(({ name }) => name));
    const isCurrent = migrations?.every((name) => done.has(name));
    if (isCurrent === undefined) return { postgres: "ok", migrations: "unknown" };
    return { postgres: "ok", migrations: isCurrent ? "ok" : "pending" };
  } catch (error) {
    // 42P01: there is no such table, so nothing has been migrated yet.
    const isEmpty = (error as { code?: string }).code === "42P01";
    return isEmpty ? { postgres: "ok", migrations: "pending" } : AWAY;
  }
}

/** A worker must be allowed to fetch as well. */
async function checkRedis(
  jobs: ReadinessDeps["jobs"],
  worker: ReadinessDeps["worker"],
): Promise<"ok" | "away" | "full" | "failing"> {
  try {
    await jobs.ping();
    return !worker || worker.health().messages ? "ok" : "failing";
  } catch (error) {
    const { cause } = error as Error;
    return cause instanceof Error && /\bOOM\b/.test(cause.message) ? "full" : "away";
  }
}

function checkWorker(worker: Pick<RunningWorker, "health">): Pick<Checks, "jobs" | "mail"> {
  const { database, unrecorded, unavailable } = worker.health();
  return {
    jobs: database && unrecorded === 0 ? "ok" : "failing",
    mail: unavailable.length === 0 ? "ok" : "away",
  };
}

/** What the check says, or that it was not through in time; it never throws. */
function inTime<T>(check: Promise<T>, late: T): Promise<T> {
  return Promise.race([check, sleep(DEADLINE_MS, late, { ref: false })]);
}
