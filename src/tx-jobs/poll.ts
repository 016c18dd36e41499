import type { Breakers } from "./breakers.ts";
import type { DatabaseHealth } from "./database-health.ts";
import { createFloor, type Floor } from "./floor.ts";
import { RENEWALS_PER_LEASE, type Leases } from "./leases.ts";
import type { Slot, Slots } from "./slots.ts";
import { takeDue, type TakenJob, type Taking } from "./take.ts";

/** Milliseconds that a job must have been due: until then its message is probably on its way. */
const GRACE = 1000;

export interface PollDeps {
  taking: Taking;
  leases: Leases;
  breakers: Breakers;
  health: DatabaseHealth;
  slots: Slots;
  /** The jobs of this queue that the process handles. */
  names: string[];
  /** If messages cannot come, the poll takes every due job itself. */
  canMessagesCome: () => boolean;
  isClosing: () => boolean;
  /** Runs the job in this slot, then frees the slot. */
  start: (job: TakenJob, slot: Slot, isProbe: boolean) => void;
  /** Called if no job of this name is left to probe with. */
  nothingToProbe: (name: string) => void;
}

/**
 * Creates a pass over one queue's due jobs. Each takes the oldest jobs, one per idle slot, and at
 * least one: the oldest have probably lost their messages. It adds nothing to Redis, so it cannot
 * build up a backlog there.
 * @returns a function that makes one pass, and throws if PostgreSQL does not answer
 */
export function createPoll(deps: PollDeps): () => Promise<void> {
  const floors = new Map(deps.names.map((name) => [name, createFloor(name)]));
  let passes = 0;
  return async () => {
    const turn = passes++ % deps.names.length;
    let names = [...deps.names.slice(turn), ...deps.names.slice(0, turn)];
    try {
      while (names.length > 0 && !deps.isClosing()) {
        const more: string[] = [];
        for (const name of names) {
          if (await takeBatch(deps, name, floors.get(name)!)) more.push(name);
        }
        names = more;
      }
    } catch (error) {
      for (const floor of floors.values()) floor.failed(error);
      throw error;
    }
  };
}

/** Returns whether there may be more jobs for idle slots. */
async function takeBatch(deps: PollDeps, name: string, floor: Floor): Promise<boolean> {
  const { breakers } = deps;
  const mayProbe = () => ["probe", "quiet"].includes(breakers.state(name));
  if (breakers.state(name) === "open") return false;
  const most = mayProbe() ? 1 : Infinity;
  const { slots, areIdle } = await deps.slots.forPoll(most, deps.canMessagesCome);
  try {
    // The state may have changed while waiting.
    if (breakers.state(name) === "open" || deps.isClosing()) return false;
    const isProbe = mayProbe();
    const limit = isProbe ? 1 : slots.length;
    // Noted before it is taken, so that a message that comes meanwhile is no second probe.
    if (isProbe) breakers.probing(name);
    let jobs: TakenJob[] = [];
    try {
      jobs = await take(deps, name, floor, { limit, isProbe });
    } finally {
      if (isProbe && jobs.length === 0) breakers.noProbe(name);
    }
    if (isProbe && jobs.length === 0) deps.nothingToProbe(name);
    for (const job of jobs) deps.start(job, slots.shift()!, isProbe);
    return !isProbe && areIdle && jobs.length === limit;
  } finally {
    for (const slot of slots) slot();
  }
}

async function take(
  { taking, leases, health, canMessagesCome }: PollDeps,
  name: string,
  floor: Floor,
  { limit, isProbe }: { limit: number; isProbe: boolean },
): Promise<TakenJob[]> {
  const { floorMs, nowMs } = await floor.find(taking.db);
  return takeDue(taking, name, {
    limit,
    floorMs,
    // Messages were dropped while the breaker was open, so a probe must not wait for one.
    graceMs: canMessagesCome() && !isProbe ? GRACE : 0,
    // Bounded in time, because a frozen server runs the statement when it resumes.
    takeOverUntilMs: health.mayTakeOver() ? nowMs + taking.leaseMs / RENEWALS_PER_LEASE : 0,
    except: leases.ids(),
  });
}
