import type { Breakers } from "./breakers.ts";
import type { DatabaseHealth } from "./database-health.ts";
import { createFloor, type Floor } from "./floor.ts";
import { RENEWALS_PER_LEASE, type Leases } from "./leases.ts";
import type { Slot, Slots } from "./slots.ts";
import { takeDue, type TakenJob, type Taking } from "./take.ts";

/** Milliseconds that a job must have been due: until then its message is most likely on its way. */
const GRACE = 1000;

export interface PollDeps {
  taking: Taking;
  leases: Leases;
  breakers: Breakers;
  health: DatabaseHealth;
  slots: Slots;
  /** The jobs of this queue that the process handles. */
  names: string[];
  /** Whether messages can come at all; if not, nothing is left to them. */
  canMessagesCome: () => boolean;
  isClosing: () => boolean;
  /** Runs the job in this slot, and gives that back. */
  start: (job: TakenJob, slot: Slot, isProbe: boolean) => void;
  /** There is no job of this name to probe with. */
  nothingToProbe: (name: string) => void;
}

/**
 * Makes one pass over the due jobs of one queue: as many of the oldest as there are idle slots, and
 * one at least, even if the slots are all in use: then the oldest are the ones whose messages are
 * lost. It takes from the table alone and adds nothing to Redis, so no backlog can grow by it.
 * @returns a function that makes a pass, and throws if PostgreSQL does not answer
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

/** Returns whether there may be more for slots that are idle. */
async function takeBatch(deps: PollDeps, name: string, floor: Floor): Promise<boolean> {
  const { breakers } = deps;
  const mayProbe = () => ["probe", "quiet"].includes(breakers.state(name));
  if (breakers.state(name) === "open") return false;
  const most = mayProbe() ? 1 : Infinity;
  const { slots, areIdle } = await deps.slots.forPoll(most, deps.canMessagesCome);
  try {
    // It may have changed while this waited.
    if (breakers.state(name) === "open" || deps.isClosing()) return false;
    const isProbe = mayProbe();
    const limit = isProbe ? 1 : slots.length;
    const jobs = await take(deps, name, floor, limit);
    if (isProbe && jobs.length > 0) breakers.probing(name);
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
  limit: number,
): Promise<TakenJob[]> {
  const { floorMs, nowMs } = await floor.find(taking.db);
  return takeDue(taking, name, {
    limit,
    floorMs,
    graceMs: canMessagesCome() ? GRACE : 0,
    // For a while only: what reaches a frozen server is carried out when that thaws.
    takeOverUntilMs: health.mayTakeOver() ? nowMs + taking.leaseMs / RENEWALS_PER_LEASE : 0,
    except: leases.ids(),
  });
}
